import { Anchored } from "../app/Anchored";
import { t } from "../text/text";
import { EmojiPicker } from "./EmojiPicker";

export function EmojiPopover({ at, onChoose, onClose }: EmojiPopoverProps) {
  return (
    <Anchored at={at} label={t("emoji.title")} onClose={onClose}>
      <EmojiPicker
        onChoose={(char) => {
          onClose();
          onChoose(char);
        }}
      />
    </Anchored>
  );
}

interface EmojiPopoverProps {
  at: Element;
  onChoose: (char: string) => void;
  onClose: () => void;
}
