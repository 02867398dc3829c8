use tokio::sync::broadcast::{self, error::SendError};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), SendError<u32>> {
    let (bell, mut quick) = broadcast::channel(2);
    let mut slow = bell.subscribe();
    for ring in 1..=5 {
        bell.send(ring)?;
        println!("quick: {:?}", quick.recv().await);
    }
    for _ in 0..3 {
        println!("slow: {:?}", slow.try_recv());
    }
    drop(bell);
    println!("slow: {:?}", slow.recv().await);
    Ok(())
}
