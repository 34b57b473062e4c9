"""What tells the kind of a link apart from its place: words, and the shape of the address."""

from ..model import Kind
from .tables import CERTAIN, HINT, LIKELY, MEDIUM, STRONG, KindTable, Weights

TITLE: KindTable = {
    Kind.PAPER: {
        MEDIUM: """
            a review, critical review, dissertation, empirical evaluation, survey, thesis, towards
        """,
        HINT: """
            algorithms, analysis, approach, architecture, architectures, efficient, empirical,
            evaluation, framework for, improved, improving, learning to, method, novel, theoretical,
            via
        """,
    },
    Kind.BOOK: {
        CERTAIN: """
            2nd edition, 3rd edition, book, ebook, handbook, second edition, textbook, third edition
        """,
        MEDIUM: "2nd ed, 3rd ed, chapter, edition, grokking, hands on, in action",
    },
    Kind.COURSE: {
        CERTAIN: "bootcamp, crash course, mooc, nanodegree, specialization, syllabus",
        LIKELY: "course, courses, semester, video course",
        MEDIUM: "class",
        HINT: "berkeley, caltech, cmu, introduction to, mit, oxford, stanford, university",
    },
    Kind.TUTORIAL: {
        CERTAIN: """
            beginner guide, beginners guide, cheat sheet, cheatsheet, for beginners, how to, lecture
            note, lecture notes, slides, tutorial, tutorials, walkthrough
        """,
        STRONG: """
            blog, demystifying, explained, faq, for dummies, from scratch, getting started, guide,
            guide to, illustrated, implementing, in keras, in python, in tensorflow, intro to,
            lecture, notes, practical, primer, recipe, step by step, tips, tricks, understanding,
            what is, with code, with keras
        """,
        MEDIUM: "introduction to",
    },
    Kind.ENCYCLOPEDIA: {STRONG: "definition, encyclopedia, glossary, wiki"},
    Kind.DATASET: {
        CERTAIN: "corpus, data set, data sets, dataset, datasets, face database, image database",
        STRONG: "benchmark suite, challenge, competition, database, databases",
        MEDIUM: """
            benchmark, data
        """,
    },
    Kind.CODE: {
        STRONG: """
            awesome, github, implementation, python implementation, repository, source code
        """
    },
    Kind.TOOL: {
        CERTAIN: "faqs, playground, sdk, web app",
        STRONG: """
            api, app, demo, demos, documentation, generator, simulator, software, tool, toolbox,
            toolkit
        """,
        MEDIUM: """
            engine, experiments, explainer, framework, interactive, library, platform, platforms
        """,
    },
    Kind.VIDEO: {
        STRONG: "keynote, screencast, ted talk, video lecture, video series, webinar",
        MEDIUM: "talk",
        HINT: "video",
    },
    Kind.NEWS: {MEDIUM: "announces, interview, launches, now available, raises, startup"},
    Kind.ORGANIZATION: {
        CERTAIN: """
            association, conference, conference on, department, institute, laboratory, meetup,
            newsletter, subreddit, symposium, weekly, workshop
        """,
        STRONG: """
            center, centre, community, forum, inc, lab, labs, podcast, research group, summer school
        """,
        MEDIUM: "company, foundation, group, society, university",
    },
}

ADDRESS: KindTable = {
    Kind.PAPER: {
        STRONG: """
            abs, cvpr, eccv, iccv, iclr, icml, journal, journals, nips, paper, papers, preprint,
            proceedings, publication, publications, pubs, thesis
        """,
        MEDIUM: "proj, report, reports, techreport",
    },
    Kind.BOOK: {STRONG: "book, books, chap, chapter, ebook, textbook"},
    Kind.COURSE: {
        LIKELY: "class, course, courses, curriculum, mooc, syllabus, teaching",
        STRONG: "lectures",
    },
    Kind.TUTORIAL: {
        CERTAIN: "cheat sheet, cheatsheet, tutorial, tutorials",
        STRONG: """
            blog, blogs, examples, faq, getting started, guide, handout, handouts, howto, lec,
            lecture, lecture notes, notes, post, posts, practicals, readings, slides
        """,
        MEDIUM: "doc, docs, learn, stories, story, wiki",
    },
    Kind.ENCYCLOPEDIA: {STRONG: "encyclopedia, glossary", MEDIUM: "wiki"},
    Kind.DATASET: {
        STRONG: """
            benchmark, challenge, challenges, data, database, databases, dataset, datasets, download
        """,
    },
    Kind.CODE: {STRONG: "source, sourcecode, src"},
    Kind.TOOL: {
        STRONG: "api, app, demo, demos, playground, product, products, software, toolkit",
        MEDIUM: "experiments, explainer, faqs, tool, tools",
    },
    Kind.VIDEO: {STRONG: "video, videos, watch, webcast"},
    Kind.NEWS: {STRONG: "magazine, news, press, press release"},
    Kind.ORGANIZATION: {STRONG: "about, conference, group, lab, labs, meetup, newsletter"},
}

TRAITS: dict[str, Weights[Kind]] = {
    "home page": {Kind.ORGANIZATION: 2.6, Kind.TOOL: 2.5, Kind.PAPER: -2.0, Kind.NEWS: -1.0},
    "home page of a person's or project's site": {Kind.TUTORIAL: 2.5, Kind.ORGANIZATION: -1.5},
    "page of a person's or project's site": {Kind.TUTORIAL: 2.5},
    "project page": {Kind.PAPER: 1.4, Kind.TOOL: 1.6, Kind.TUTORIAL: 1.0},
    "named a book": {Kind.BOOK: STRONG},
    "PDF": {Kind.PAPER: 3.0, Kind.TUTORIAL: 0.8, Kind.ORGANIZATION: -2.0, Kind.TOOL: -2.0},
    "archive file": {Kind.DATASET: CERTAIN},
    "video file": {Kind.VIDEO: CERTAIN},
    "dated path": {Kind.TUTORIAL: MEDIUM, Kind.NEWS: HINT},
    "course number": {Kind.COURSE: STRONG},
    "class number in title": {Kind.COURSE: 2.5},
    "one-word title": {Kind.TOOL: 1.2},
    "title of a sentence": {Kind.TUTORIAL: 0.4, Kind.TOOL: -1.0, Kind.ORGANIZATION: -1.0},
    "slug of a sentence": {Kind.TUTORIAL: 1.5},
    "page below a course number": {Kind.TUTORIAL: STRONG, Kind.COURSE: HINT},
    "personal directory": {Kind.PAPER: 0.3, Kind.TUTORIAL: HINT},
    ".gov, .edu or .ac host": {
        Kind.PAPER: 0.3,
        Kind.DATASET: 0.3,
        Kind.COURSE: HINT,
        Kind.NEWS: -2.0,
    },
    "no path to a page": {Kind.TOOL: HINT},
}

PRIOR: Weights[Kind] = {
    Kind.PAPER: 0.6,
    Kind.TUTORIAL: 1.0,
    Kind.TOOL: 0.2,
    Kind.BOOK: 0.0,
    Kind.COURSE: 0.0,
    Kind.DATASET: 0.0,
    Kind.CODE: -0.5,
    Kind.ORGANIZATION: 0.0,
    Kind.ENCYCLOPEDIA: -0.5,
    Kind.VIDEO: -0.5,
    Kind.NEWS: 0.0,
}
"""What to expect before anything is known; the order breaks ties."""
