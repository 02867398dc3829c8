fn main() {
    burn();
}
