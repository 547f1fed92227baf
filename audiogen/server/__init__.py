"""The server: shows a library to listeners, and makes episodes of the articles that people and programs send to it.

    public.py      feed, pages and sound, for everyone who may listen
    state.py       the folder of the server's own data, outside of the library
    jobs.py        the queue of articles to be made, in SQLite
    dispatcher.py  takes jobs from the queue, fetches addresses, keeps worker processes busy
    worker.py      one worker process, and the server's end of the pipe to it
    cluster_worker.py  runs jobs on a cluster instead of a worker process
    plays.py       counts plays, of fetched sound and of what players report
    work.py        what a worker process does: reads, cleans and speaks one article

The server's own process stays small: code that loads the cleaner or an engine runs in worker processes.
"""
