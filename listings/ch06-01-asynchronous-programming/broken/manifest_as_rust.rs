[dependencies]
tokio = { version = "1.54", features = ["macros", "rt", "time"] }
