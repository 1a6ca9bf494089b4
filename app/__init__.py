"""The program as people meet it: the command line, the load run, exports and the web page. It wires the others
together.
"""
