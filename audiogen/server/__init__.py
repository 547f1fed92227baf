"""The server: shows a library to listeners, and makes episodes of the articles that people and programs send to it.

    public.py      feed, pages and sound, for everybody who may listen
    state.py       the folder of the server's own data: never in the library
    jobs.py        the queue of articles to be made, in SQLite
    dispatcher.py  takes jobs from the queue, fetches addresses, keeps worker processes at work
    worker.py      one worker process, and its end of the pipe
    cluster_worker.py  runs jobs on a cluster instead of a worker process
    plays.py       counts plays, of sound that is fetched and of what players say was heard
    work.py        what a worker process does: reads, cleans and speaks one article

The server's own process stays small: whatever loads the cleaner or an engine runs in worker processes.
"""
