// g++ -std=c++20 -Wall -Wextra -pthread orders_with_asio.cpp
#include <asio.hpp>
#include <asio/experimental/awaitable_operators.hpp>
#include <cstdio>
#include <string>

using namespace asio::experimental::awaitable_operators;
using namespace std::chrono_literals;

struct Dish {
    std::string name;
    bool ready = false;
    ~Dish() {
        if (!ready) std::printf("  %s is thrown away\n", name.c_str());
    }
};

asio::awaitable<void> after(std::chrono::milliseconds wait) {
    asio::steady_timer timer(co_await asio::this_coro::executor, wait);
    co_await timer.async_wait(asio::use_awaitable);
}

asio::awaitable<std::string> cook(std::string name,
                                  std::chrono::milliseconds wait) {
    Dish dish{name};
    co_await after(wait);
    std::printf("  %s is ready\n", name.c_str());
    dish.ready = true;
    co_return name;
}

asio::awaitable<void> orders() {
    std::puts("three orders at once");
    co_await (cook("roast", 300ms) && cook("toast", 100ms) &&
              cook("eggs", 200ms));

    std::puts("guests who wait 100 ms");
    auto served = co_await (cook("stew", 400ms) || after(100ms));
    std::printf("  served: %s\n", served.index() == 0 ? "true" : "false");

    std::puts("whatever is ready first");
    auto first = co_await (cook("soup", 400ms) || cook("salad", 100ms));
    auto name = std::visit([](std::string dish) { return dish; }, first);
    std::printf("  served: %s\n", name.c_str());
}

int main() {
    asio::io_context context;
    asio::co_spawn(context, orders(), asio::detached);
    context.run();
}
