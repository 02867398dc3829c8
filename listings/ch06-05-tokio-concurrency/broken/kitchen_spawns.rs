struct Kitchen {
    orders: Vec<String>,
}

impl Kitchen {
    async fn cook(&self) {
        println!("orders: {}", self.orders.len());
    }

    async fn open(&self) {
        let cooking = tokio::spawn(self.cook());
        println!("ends well: {}", cooking.await.is_ok());
    }
}

#[tokio::main]
async fn main() {
    let orders = vec!["eggs".to_owned()];
    Kitchen { orders }.open().await;
}
