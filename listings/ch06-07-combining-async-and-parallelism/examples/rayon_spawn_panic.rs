use tokio::sync::oneshot;

fn bake(flour: u32) -> u32 {
    assert!(flour > 0, "no flour today");
    flour * 2
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (tx, rx) = oneshot::channel::<u32>();
    rayon::spawn(move || {
        let _ = tx.send(bake(0));
    });
    println!("the answer: {:?}", rx.await);
}
