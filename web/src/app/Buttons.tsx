import styles from "./Buttons.module.css";

// The frame's own buttons: small, because every page loads them. Screens that load later may use Mantine's.

interface IconButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  label: string;
}

export function IconButton({ label, className = "", children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={`${styles.icon} ${className}`}
      {...rest}
    >
      {children}
    </button>
  );
}

interface TextButtonProps extends React.ButtonHTMLAttributes<HTMLButtonElement> {
  kind?: "filled" | "plain";
}

export function TextButton({ kind = "plain", children, ...rest }: TextButtonProps) {
  return (
    <button type="button" className={styles.text} data-kind={kind} {...rest}>
      {children}
    </button>
  );
}
