"""Reports to text. Every writer is a pure function; the command decides where its text goes."""
