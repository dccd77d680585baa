"""The resident's pages: home, submit, receipt, follow, reply, rate. No account, no JavaScript needed."""
