use tokio::task::JoinSet;

async fn cook(dish: &str) {
    println!("{dish}: done");
}

async fn kitchen(dishes: &[String]) {
    let mut cooking = JoinSet::new();
    for dish in dishes {
        cooking.spawn(cook(dish));
    }
    cooking.join_all().await;
}

#[tokio::main]
async fn main() {
    kitchen(&["eggs".to_owned(), "toast".to_owned()]).await;
}
