use std::collections::HashSet;
use std::error::Error;
use std::thread::{self, ThreadId};
use std::time::Duration;

const DISHES: usize = 200;
const STEPS: usize = 10;

async fn prepare() -> HashSet<ThreadId> {
    let mut cooks = HashSet::new();
    for _ in 0..STEPS {
        cooks.insert(thread::current().id());
        tokio::time::sleep(Duration::from_millis(2)).await;
    }
    cooks
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let dishes = [(); DISHES].map(|()| tokio::spawn(prepare()));
    let mut all = HashSet::new();
    let mut shared = 0;
    for dish in dishes {
        let cooks = dish.await?;
        shared += usize::from(cooks.len() == 2);
        all.extend(cooks);
    }
    println!("{DISHES} dishes, {} cooks", all.len());
    if shared < DISHES / 10 {
        return Err(format!("only {shared} dishes changed hands").into());
    }
    println!("{shared} dishes passed through the hands of both");
    Ok(())
}
