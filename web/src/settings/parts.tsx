import styles from "./Settings.module.css";

/** A heading, what it is about, and what belongs to it. */
export function Part({ title, more, action, children }: PartProps) {
  return (
    <section className={styles.part}>
      {(title || action) && (
        <div className={styles.partHead}>
          {title && <h2>{title}</h2>}
          {action}
        </div>
      )}
      {more && <p className={styles.more}>{more}</p>}
      {children}
    </section>
  );
}

interface PartProps {
  title?: string;
  more?: string;
  action?: React.ReactNode;
  children?: React.ReactNode;
}

/** A row of a list: what it is, and what can be done to it. */
export function Row({ icon, name, more, tag, children }: RowProps) {
  return (
    <li className={styles.row}>
      {icon}
      <div className={styles.rowText}>
        <span className={styles.rowName}>
          <b dir="auto">{name}</b>
          {tag && <small className={styles.tag}>{tag}</small>}
        </span>
        {more && <small>{more}</small>}
      </div>
      {children && <div className={styles.rowActions}>{children}</div>}
    </li>
  );
}

interface RowProps {
  icon?: React.ReactNode;
  name: React.ReactNode;
  more?: React.ReactNode;
  tag?: string;
  children?: React.ReactNode;
}
