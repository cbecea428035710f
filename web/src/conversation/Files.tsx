import { IconDownload, IconFile, IconFileText, IconFileZip } from "@tabler/icons-react";
import { fileURL, thumbURL } from "../api/calls";
import type { FileInfo, Preview } from "../api/types";
import { overlay } from "../app/overlays";
import { t } from "../text/text";
import { fileSize } from "../text/time";
import styles from "./Files.module.css";

export const isPicture = (file: FileInfo) =>
  (file.thumb || /^image\/(png|jpeg|gif|webp|avif)$/.test(file.media_type)) && !!file.width;

/** Pictures small, with their place kept free while they load; sound and film as players; the rest as cards. */
export function Files({ files }: { files: FileInfo[] }) {
  const pictures = files.filter(isPicture);
  const others = files.filter((file) => !isPicture(file));
  return (
    <div className={styles.files}>
      {pictures.length > 0 && (
        <div className={styles.pictures}>
          {pictures.map((file, index) => {
            const scale = Math.min(1, 352 / file.width!, 264 / file.height!);
            return (
              <button
                key={file.id}
                type="button"
                aria-label={t("file.show", { name: file.name })}
                onClick={() => overlay.set({ kind: "pictures", files: pictures, at: index })}
              >
                <img
                  src={thumbURL(file)}
                  alt={file.name}
                  loading="lazy"
                  width={Math.round(file.width! * scale)}
                  height={Math.round(file.height! * scale)}
                />
              </button>
            );
          })}
        </div>
      )}
      {others.map((file) => (
        <FileCard key={file.id} file={file} />
      ))}
    </div>
  );
}

function FileCard({ file }: { file: FileInfo }) {
  if (file.media_type.startsWith("audio/"))
    return <audio controls preload="none" src={fileURL(file)} title={file.name} className={styles.audio} />;
  if (file.media_type.startsWith("video/"))
    return (
      <video controls preload="metadata" src={fileURL(file)} title={file.name} className={styles.video} />
    );
  const Icon = /zip|tar|gzip|7z/.test(file.media_type)
    ? IconFileZip
    : /^text|pdf|document/.test(file.media_type)
      ? IconFileText
      : IconFile;
  return (
    <a className={styles.card} href={fileURL(file)} download={file.name}>
      <Icon size={26} stroke={1.4} aria-hidden />
      <span className={styles.about}>
        <span className={styles.name} dir="auto">
          {file.name}
        </span>
        <small>{fileSize(file.size)}</small>
      </span>
      <IconDownload size={17} stroke={1.7} aria-hidden />
      <span className="aloud">{t("file.download")}</span>
    </a>
  );
}

/** What linked pages say of themselves. */
export function Previews({ previews }: { previews: Preview[] }) {
  return previews.map((preview) => (
    <a
      key={preview.url}
      className={styles.preview}
      href={preview.url}
      target="_blank"
      rel="noreferrer noopener"
    >
      <span className={styles.about}>
        <small>{preview.site || new URL(preview.url).hostname}</small>
        {preview.title && (
          <span className={styles.title} dir="auto">
            {preview.title}
          </span>
        )}
        {preview.description && (
          <span className={styles.description} dir="auto">
            {preview.description}
          </span>
        )}
      </span>
      {preview.image && <img src={preview.image} alt="" loading="lazy" width={96} height={72} />}
    </a>
  ));
}
