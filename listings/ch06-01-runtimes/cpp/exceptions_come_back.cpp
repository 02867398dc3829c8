// g++ -std=c++20 -Wall -Wextra -pthread exceptions_come_back.cpp
#include <coroutine>
#include <cstdio>
#include <exception>
#include <future>
#include <stdexcept>
#include <string>

std::string toast(int minutes) {
    if (minutes > 3) throw std::runtime_error("the toast is burnt");
    return "toast";
}

std::string breakfast() { return toast(5) + " with butter"; }

struct Order {
    struct promise_type {
        std::string dish;
        std::exception_ptr error;

        Order get_return_object() { return Order(*this); }
        std::suspend_never initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_value(std::string made) { dish = made; }
        // Called from a `catch (...)` around the body.
        void unhandled_exception() { error = std::current_exception(); }
    };
    std::coroutine_handle<promise_type> frame;

    explicit Order(promise_type &promise)
        : frame(decltype(frame)::from_promise(promise)) {}
    Order(const Order &) = delete;
    ~Order() { frame.destroy(); }
    std::string get() {
        auto &promise = frame.promise();
        if (promise.error) std::rethrow_exception(promise.error);
        return promise.dish;
    }
};

Order order() { co_return breakfast(); }

void serve(const char *how, auto get) {
    try {
        std::printf("%s: %s\n", how, get().c_str());
    } catch (const std::exception &error) {
        std::printf("%s, and caught: %s\n", how, error.what());
    }
}

int main() {
    serve("called", breakfast);
    serve("a future, asked", [] {
        return std::async(std::launch::async, breakfast).get();
    });
    serve("a coroutine, asked", [] { return order().get(); });

    std::async(std::launch::async, breakfast).wait();
    std::puts("a future that is not asked");
    order();
    std::puts("a coroutine that is not asked");
}
