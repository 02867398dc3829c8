use std::fs::File;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;

struct MenuReader {
    file: Option<File>,
    text: String,
}

impl MenuReader {
    fn read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<io::Result<String>> {
        let mut file = self.get_mut().file.take().expect("a file");
        let mut text = self.get_mut().text;
        thread::spawn(move || {
            file.read_to_string(&mut text).expect("text");
            cx.waker().wake_by_ref();
        });
        Poll::Pending
    }
}

async fn menu(file: File) -> io::Result<String> {
    let (file, text) = (Some(file), String::new());
    let mut reader = MenuReader { file, text };
    Pin::new(&mut reader).read().await
}

fn main() {}
