"""People in the chat: `/nguoi`, `/uyquyen`, `/nhapdanhsach`."""
