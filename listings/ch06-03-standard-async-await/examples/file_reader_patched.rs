// ANCHOR: shown
use std::fs::File;
use std::future::poll_fn;
use std::io::{self, Read};
use std::mem;
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
        println!("poll: the field `text` holds {:?}", self.text);
        let this = self.get_mut();
        let mut file = this.file.take().expect("the file is taken once");
        let mut text = mem::take(&mut this.text);
        let waker = cx.waker().clone();
        thread::spawn(move || {
            file.read_to_string(&mut text).expect("the menu is text");
            println!("the thread read {text:?}");
            waker.wake();
        });
        Poll::Pending
    }
}

async fn menu(file: File) -> io::Result<String> {
    let (file, text) = (Some(file), String::new());
    let mut reader = MenuReader { file, text };
    poll_fn(|cx| Pin::new(&mut reader).read(cx)).await
}

fn main() -> io::Result<()> {
    let path = "listings/ch06-03-standard-async-await/menu.txt";
    println!("{}", block_on(menu(File::open(path)?))?);
    Ok(())
}
// ANCHOR_END: shown

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Wake, Waker};
use std::thread::Thread;

fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        // A flag, because park may return early, and because a poll that
        // parks for its own purposes may use up our unpark.
        while !signal.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Signal {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        // A swap, not a store: a second wake must not hide what the first
        // one has published.
        self.woken.swap(true, Ordering::Release);
        self.thread.unpark();
    }
}
