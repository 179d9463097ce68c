"""The only language between services: messages, topics and what a reader may assume about them."""
