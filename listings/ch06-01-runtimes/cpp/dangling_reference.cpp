// g++ -std=c++20 -Wall -Wextra -Werror -fsanitize=address dangling_reference.cpp
#include <coroutine>
#include <cstdio>
#include <exception>
#include <string>

struct Task {
    struct promise_type {
        Task get_return_object() { return Task(*this); }
        std::suspend_always initial_suspend() { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() {}
        void unhandled_exception() { std::terminate(); }
    };
    std::coroutine_handle<promise_type> frame;

    explicit Task(promise_type &promise)
        : frame(decltype(frame)::from_promise(promise)) {}
    Task(const Task &) = delete;
    ~Task() { frame.destroy(); }
};

Task cook(const std::string &order) {
    std::printf("cooking %s\n", order.c_str());
    co_return;
}

int main() {
    auto dish = cook(std::string("eggs and toast"));
    dish.frame.resume();
}
