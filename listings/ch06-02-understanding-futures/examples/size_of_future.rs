use std::future::pending;
use std::pin::Pin;

async fn nothing() {}

async fn kept() -> u8 {
    let pan = [1_u8; 1024];
    pending::<()>().await;
    pan[3]
}

async fn put_away() -> u8 {
    let egg = {
        let pan = [1_u8; 1024];
        pan[3]
    };
    pending::<()>().await;
    egg
}

async fn one_after_the_other() -> u8 {
    kept().await + kept().await
}

async fn maybe(fry: bool) -> u8 {
    if fry { kept().await } else { put_away().await }
}

async fn handed_in(pan: [u8; 1024]) -> u8 {
    pending::<()>().await;
    pan[3]
}

async fn wrap<F: Future<Output = u8>>(order: F) -> u8 {
    order.await
}

fn size<F: Future>(name: &str, future: F) {
    println!("{name:<21}  {:>8}", size_of_val(&future));
}

fn main() {
    println!("future                 size (B)");
    size("nothing()", nothing());
    size("kept()", kept());
    size("put_away()", put_away());
    size("one_after_the_other()", one_after_the_other());
    size("maybe(true)", maybe(true));
    size("maybe(false)", maybe(false));
    size("handed_in(pan)", handed_in([1; 1024]));

    size("wrapped once", wrap(kept()));
    size("wrapped twice", wrap(wrap(kept())));
    size("wrapped 3 times", wrap(wrap(wrap(kept()))));
    size("wrapped 4 times", wrap(wrap(wrap(wrap(kept())))));

    let boxed: Pin<Box<dyn Future<Output = u8>>> = Box::pin(kept());
    size("kept(), boxed", boxed);
    size("boxed, then wrapped", wrap(Box::pin(kept())));
}
