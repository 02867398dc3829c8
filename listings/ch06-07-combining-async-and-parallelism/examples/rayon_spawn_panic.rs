use tokio::sync::oneshot;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, rx) = oneshot::channel::<u32>();
    rayon::spawn(move || {
        let loaves: Option<u32> = None;
        let _ = tx.send(loaves.expect("no loaves today"));
    });
    println!("the answer: {:?}", rx.await);
}
