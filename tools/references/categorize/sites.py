"""What stands at which place of the web: the kind of a site's pages, and the topic of some sites.

A place is a host, which covers its subdomains, with a path or without: ``*`` stands for one segment
or a part of one, ``**`` for anything. Where several places fit, the one that says most counts.
"""

from ..model import Kind, Topic
from .tables import CERTAIN, HINT, LIKELY, MEDIUM, SETTLES, STRONG, KindTable, TopicTable

KINDS: KindTable = {
    Kind.PAPER: {
        SETTLES: """
            aaai.org/**/paper/**, aaai.org/papers/**, academia.edu, academic.oup.com,
            aclanthology.info, aclanthology.org, aclweb.org/anthology/**, alphaxiv.org/abs/**,
            annualreviews.org/doi/**, aps.org/**/abstract/**, ar5iv.org, arxiv-vanity.com,
            arxiv.org, biorxiv.org, bmvc2*.org/**, books.nips.cc, cell.com/**/fulltext/**,
            ceur-ws.org/**, citeseerx.ist.psu.edu, cv-foundation.org/openaccess/**, dblp.org/rec/**,
            degruyter.com/**, direct.mit.edu/*/article*/**, dl.acm.org, doi.org, dx.doi.org,
            elifesciences.org, eprint.iacr.org, epubs.siam.org, eurasip.org/Proceedings/**,
            europepmc.org, frontiersin.org, hal-*.archives-ouvertes.fr, hal.science,
            huggingface.co/papers/**, ieeexplore.ieee.org, ietresearch.onlinelibrary.wiley.com,
            ijcai.org/papers*/**, ijcai.org/proceedings/**, iopscience.iop.org,
            isca-speech.org/archive*/**, ismir*.net/**, jair.org, jamanetwork.com, jmir.org,
            jmlr.csail.mit.edu/papers/**, jmlr.org/papers/**, jmlr.org/proceedings/**,
            journals.aps.org, journals.plos.org, jstor.org/stable/**, link.springer.com/article/**,
            link.springer.com/chapter/**, link.springer.com/content/**, mdpi.com, medrxiv.org,
            mitpressjournals.org, muse.jhu.edu, nature.com/articles/**,
            nature.com/nature/journal/**, ncbi.nlm.nih.gov/pmc/**, ncbi.nlm.nih.gov/pubmed/**,
            nejm.org, nips.cc/paper/**, ojs.aaai.org, onlinelibrary.wiley.com,
            openaccess.thecvf.com, openreview.net, osapublishing.org, papers.neurips.cc,
            papers.nips.cc, paperswithcode.com/paper/**, pdfs.semanticscholar.org, philpapers.org,
            pnas.org, proceedings.mlr.press, proceedings.neurips.cc, projecteuclid.org,
            psycnet.apa.org, pubmed.ncbi.nlm.nih.gov, readcube.com, researchgate.net/profile/**,
            researchgate.net/publication/**, roboticsproceedings.org, royalsocietypublishing.org,
            scholar.archive.org, science.org/doi/**, science.sciencemag.org,
            sciencedirect.com/science/**, sciencemag.org/content/**, semanticscholar.org, ssrn.com,
            tac.mta.ca/**, tandfonline.com, thelancet.com, transacl.org/**,
            usenix.org/**/presentation/**, vldb.org/pvldb/**, worldscientific.com
        """,
        STRONG: """
            ai.meta.com/research/publications/**, cdn.openai.com/papers/**,
            deepmind.com/publications/**, deepmind.com/research/publications/**,
            microsoft.com/**/research/publication/**, repository.*.edu/**,
            research.facebook.com/publications/**, research.fb.com/publications/**,
            research.google.com/pubs/**, research.google/pubs/**, research.microsoft.com/pubs/**,
            static.googleusercontent.com/media/research.google.com/**,
            storage.googleapis.com/deepmind-media/**, thecvf.com/**
        """,
    },
    Kind.BOOK: {
        CERTAIN: """
            amazon.*/**/dp/**, amazon.*/dp/**, amazon.*/gp/product/**, amzn.com/**,
            apress.com/**/book/**, bishopbook.com, books.google.*/**, cambridge.org/**/books/**,
            cambridge.org/core/books/**, crcpress.com/**, d2l.ai, deeplearningbook.org,
            fairmlbook.org, goodreads.com/book/**, greenteapress.com/**, gutenberg.org/ebooks/**,
            immersivemath.com/**, incompleteideas.net/book/**, leanpub.com/*,
            link.springer.com/book/**, manning.com/books/**, mitpress.mit.edu/**, mml-book.com,
            morganclaypool.com/doi/**, neuralnetworksanddeeplearning.com, nostarch.com/*,
            nowpublishers.com/article/BookDetails/**, openstax.org/**, oreilly.com/library/view/**,
            otexts.com/**, packtpub.com/**, pragprog.com/titles/**, probml.github.io/**,
            proquest.safaribooksonline.com/**, r4ds.had.co.nz, rlhfbook.com, routledge.com/**,
            safaribooksonline.com/**, shop.oreilly.com/product/**, springer.com/**/book/**,
            statlearning.com, szeliski.org/Book**, textbooks.math.gatech.edu/**, themlbook.com,
            udlbook.github.io/**, web.stanford.edu/~hastie/**, wikibooks.org/wiki/**
        """,
        MEDIUM: """
            bookdown.org/**, gitbook.io/**, gitbooks.io/**, press.princeton.edu/**, wiley.com/**
        """,
    },
    Kind.COURSE: {
        CERTAIN: """
            brilliant.org/courses/**, class.coursera.org, class.stanford.edu/**,
            classroom.udacity.com, cloudskillsboost.google, codecademy.com/learn/**,
            cognitiveclass.ai, cognitiveclass.ai/courses/**, course.fast.ai, coursera.org/course/**,
            coursera.org/learn/**, coursera.org/professional-certificates/**,
            coursera.org/specializations/**, courses.edx.org, datacamp.com/courses/**, dataquest.io,
            deeplearning.ai/courses/**, deeplearning.ai/short-courses/**, deeplearning.mit.edu,
            developers.google.com/machine-learning/crash-course,
            developers.google.com/machine-learning/crash-course/**, edx.org/course/**,
            edx.org/learn/**, elementsofai.com, fast.ai/courses/**, futurelearn.com/courses/**,
            huggingface.co/course/**, huggingface.co/learn/**, in.udacity.com/course/**,
            introtodeeplearning.com, kadenze.com/courses/**, kaggle.com/learn/**,
            khanacademy.org/**, lagunita.stanford.edu, linkedin.com/learning/**, lynda.com/**,
            manning.com/livevideo/**, mlcourse.ai, nptel.ac.in/**, nvidia.com/**/dli/**,
            ocw.mit.edu/**, online.stanford.edu/courses/**, platform.openai.com/learn/**,
            pluralsight.com/courses/**, see.stanford.edu/**, skills.google,
            skillshare.com/classes/**, spinningup.openai.com, udacity.com/course/**, udemy.com/**
        """,
        STRONG: """
            academy.*/**, fullstackdeeplearning.com, futurelearn.com, openlearning.com/**
        """,
    },
    Kind.TUTORIAL: {
        CERTAIN: """
            alignmentforum.org/posts/**, analyticsvidhya.com/blog/**, betterexplained.com,
            blog.keras.io/**, colah.github.io, datacamp.com/**/tutorial**, dataquest.io/blog/**,
            deeplearning.net/tutorial/**, deeplearning.stanford.edu, dennybritz.com/posts/**,
            dev.to/**, devblogs.nvidia.com/**, developer.nvidia.com/blog/**,
            developers.google.com/machine-learning/**,
            developers.google.com/machine-learning/gan/**,
            developers.google.com/machine-learning/guides/**, distill.pub, docs.opencv.org/**,
            e2eml.school/**, elitedatascience.com/**, eugeneyan.com/writing/**, explained.ai,
            geeksforgeeks.org, github.com/*/*/blob/**.md, github.com/*/*/blob/**.pdf,
            github.com/*/*/raw/**.pdf, github.com/*/*/wiki/**, gwern.net, hackernoon.com/**,
            huggingface.co/docs/**/en/**, huyenchip.com, iamtrask.github.io, jalammar.github.io,
            karpathy.github.io, kdnuggets.com/**, keras.io/examples/**, keras.io/guides/**,
            lesswrong.com/posts/**, lilianweng.github.io, machinelearningmastery.com,
            magazine.sebastianraschka.com/p/**, mathsisfun.com, mccormickml.com, medium.com/**,
            mlu-explain.github.io/**, nbviewer.ipython.org/**, nbviewer.jupyter.org/**,
            nbviewer.org/**, neptune.ai/blog/**, news.ycombinator.com/item**,
            paperspace.com/**/tutorial**, pyimagesearch.com, pythonprogramming.net,
            pytorch.org/docs/**, pytorch.org/tutorials/**, quora.com/**,
            raw.githubusercontent.com/**.md, raw.githubusercontent.com/**.pdf, realpython.com,
            reddit.com/r/**, reddit.com/r/*/comments/**, ruder.io,
            scikit-learn.org/**/auto_examples/**, scikit-learn.org/**/modules/**,
            sebastianraschka.com/blog/**, sebastianruder.com, seeing-theory.brown.edu,
            setosa.io/ev/**, simonwillison.net, slideshare.net/**, speakerdeck.com/**,
            stackexchange.com/**, stackoverflow.com/questions/**, statquest.org, substack.com/p/**,
            tensorflow.org/api_docs/**, tensorflow.org/guide/**, tensorflow.org/tutorials/**,
            theaisummer.com, thegradient.pub/**, towardsdatascience.com/**,
            transformer-circuits.pub, tutorial.math.lamar.edu, tutorialspoint.com,
            ufldl.stanford.edu/tutorial/**, w3schools.com, waitbutwhy.com, wildml.com
        """,
        LIKELY: """
            ai.facebook.com/blog/**, ai.googleblog.com/**, ai.meta.com/blog/**,
            anthropic.com/news/**, anthropic.com/research/**, assets.datacamp.com/**,
            aws.amazon.com/blogs/**, blog.*/**, blog.google/**, blog.kaggle.com/**,
            blog.openai.com/**, blogs.*/**, code.facebook.com/posts/**, code.fb.com/**,
            colab.research.google.com/drive/**, colab.research.google.com/github/**,
            deepmind.com/blog/**, deepmind.com/research/**, deepmind.google/blog/**,
            deepmind.google/discover/blog/**, deepmind.google/research/**,
            developers.googleblog.com/**, digitalocean.com/community/tutorials/**,
            docs.*/**/tutorial*/**, eng.uber.com/**, engineering.*/**, engineering.fb.com/**,
            fast.ai/2**, fast.ai/posts/**, freecodecamp.org/**, gist.github.com/**.md,
            gluon.mxnet.io/**, googleresearch.blogspot.com/**, hackr.io/**, huggingface.co/blog/**,
            huggingface.co/docs/**, intel.com/**/posts/**, kaggle.com/**/notebook,
            khanacademy.org/**/a/**, magenta.tensorflow.org/*, microsoft.com/**/research/blog/**,
            netflixtechblog.com/**, openai.com/blog/**, openai.com/index/**, openai.com/research/**,
            paperswithcode.com/method/**, research.facebook.com/blog/**, research.fb.com/**,
            research.google/blog/**, research.googleblog.com/**, scribd.com/**,
            stability.ai/blog/**, stability.ai/news/**, tech.*/blog/**, toptal.com/**,
            uber.com/blog/**, wandb.ai/**/reports/**
        """,
    },
    Kind.ENCYCLOPEDIA: {
        SETTLES: """
            britannica.com, citizendium.org, deepai.org/machine-learning-glossary**,
            developers.google.com/machine-learning/glossary**, en-academic.com, encyclopedia.com,
            encyclopediaofmath.org, everipedia.org, iep.utm.edu, investopedia.com/terms/**,
            mathworld.wolfram.com, ml-cheatsheet.readthedocs.io, ncatlab.org, planetmath.org,
            plato.stanford.edu, proofwiki.org, scholarpedia.org, statlect.com, wikibooks.org,
            wikipedia.org, wikiversity.org, wikiwand.com, wiktionary.org
        """,
        MEDIUM: "fandom.com, skymind.ai/wiki/**, wiki.*/**, wiki.pathmind.com/**",
    },
    Kind.DATASET: {
        CERTAIN: """
            *challenge.org, academictorrents.com, archive.ics.uci.edu, catalog.ldc.upenn.edu,
            cocodataset.org, commoncrawl.org, commonvoice.mozilla.org, cs.toronto.edu/~kriz/cifar**,
            cvlibs.net/datasets/**, data.gov, data.gov.*, data.vision.ee.ethz.ch, data.world,
            datahub.io, dataverse.harvard.edu, figshare.com, grouplens.org/datasets/**,
            huggingface.co/datasets/**, image-net.org, kaggle.com/*/*, kaggle.com/c/**,
            kaggle.com/competitions/**, kaggle.com/datasets, kaggle.com/datasets/**,
            kaggle.com/uciml/**, ldc.upenn.edu, mscoco.org, nuscenes.org, opendatasoft.com,
            openml.org, openslr.org, paperswithcode.com/dataset/**, physionet.org, quandl.com,
            registry.opendata.aws, shapenet.org, statmt.org/wmt**,
            storage.googleapis.com/openimages/**, tensorflow.org/datasets/**,
            vision.middlebury.edu/**, visualgenome.org, visualqa.org, waymo.com/open/**,
            yann.lecun.com/exdb/mnist**, yelp.com/dataset**, zenodo.org
        """,
    },
    Kind.CODE: {
        SETTLES: """
            bitbucket.org/*/*, bitbucket.org/*/*/**, code.google.com/archive/p/**,
            code.google.com/p/**, codeberg.org/*/*, gist.github.com, github.com/*/*,
            github.com/*/*/**, gitlab.com/*/*, gitlab.com/*/*/**, kaggle.com/**/code,
            kaggle.com/code/**, kaggle.com/kernels/**, sourceforge.net/p**
        """,
        MEDIUM: "huggingface.co/*/*, modelzoo.co/model/**, tfhub.dev/**",
    },
    Kind.TOOL: {
        CERTAIN: """
            anaconda.com, arxiv-sanity.com, aws.amazon.com, azure.microsoft.com, bard.google.com,
            bokeh.org, caffe.berkeleyvision.org, caffe2.ai, catboost.ai, chainer.org, character.ai,
            chat.openai.com, chatgpt.com, claude.ai, cloud.google.com, colab.research.google.com,
            comet.com, comet.ml, conda.io, connectedpapers.com, cran.r-project.org, d3js.org,
            databricks.com, deeplearning.net/software/**, deeplearning4j.org, desmos.com,
            developer.nvidia.com, docker.com, elevenlabs.io, floydhub.com, gemini.google.com,
            gensim.org, github.com/features/**, gradio.app, gym.openai.com, gymnasium.farama.org,
            h2o.ai, hub.docker.com, huggingface.co/spaces/**, huggingface.co/transformers/**,
            js.tensorflow.org, julialang.org, jupyter.org, keras.io, labelbox.com, lambdalabs.com,
            langchain.com, lightning.ai, llamaindex.ai, lmarena.ai, matplotlib.org, midjourney.com,
            mlflow.org, modal.com, mujoco.org, mxnet.*.apache.org, mxnet.apache.org, neptune.ai,
            nltk.org, numpy.org, ollama.com, onnx.ai, opencv.org, openrouter.ai, optuna.org,
            overleaf.com, paddlepaddle.org, pandas.pydata.org, paperspace.com, paperswithcode.com,
            paperswithcode.com/sota/**, perplexity.ai, pinecone.io, platform.openai.com,
            playground.tensorflow.org, plotly.com, poe.com, projector.tensorflow.org,
            python.org, pytorch.org, quickdraw.withgoogle.com, r-project.org, rapids.ai, ray.io,
            readthedocs.io, readthedocs.org, replicate.com, roboflow.com, rstudio.com, runpod.io,
            runwayml.com, scikit-learn.org, scipy.org, seaborn.pydata.org, spacy.io,
            spark.apache.org, statsmodels.org, streamlit.io, sympy.org,
            teachablemachine.withgoogle.com, tensorflow.org, tfhub.dev, tidyverse.org, torch.ch,
            vast.ai, wandb.ai, weaviate.io, withgoogle.com, wolframalpha.com, you.com
        """,
        LIKELY: "*.openai.com, *.run, *js.org",
        MEDIUM: """
            *.app, appspot.com, herokuapp.com, netlify.app, paperswithcode.com/**, vercel.app
        """,
    },
    Kind.VIDEO: {
        SETTLES: """
            bilibili.com, channel9.msdn.com, dailymotion.com, khanacademy.org/**/v/**,
            ocw.mit.edu/**/video_galleries/**, slideslive.com, techtalks.tv, ted.com/playlists/**,
            ted.com/talks/**, twitch.tv, videolectures.net, vimeo.com, youtu.be,
            youtube-nocookie.com, youtube.com
        """,
    },
    Kind.NEWS: {
        CERTAIN: """
            abcnews.go.com, arstechnica.com, axios.com, bbc.co.uk, bbc.com, blogs.microsoft.com,
            blogs.nvidia.com, bloomberg.com, businessinsider.com, businesswire.com, cbsnews.com,
            cnbc.com, cnet.com, cnn.com, digitaltrends.com, discovermagazine.com, economist.com,
            engadget.com, eurekalert.org, fastcompany.com, forbes.com, fortune.com, ft.com,
            futurism.com, gizmodo.com, independent.co.uk, latimes.com, lemonde.fr, mashable.com,
            motherboard.vice.com, nature.com/news/**, nautil.us, nbcnews.com, news.mit.edu,
            news.stanford.edu, newscientist.com, newyorker.com, npr.org, nytimes.com, phys.org,
            politico.*, popsci.com, prnewswire.com, propublica.org, quantamagazine.org, qz.com,
            reuters.com, science.org/content/article/**, sciencedaily.com, sciencemag.org/news/**,
            sciencenews.org, scientificamerican.com, singularityhub.com, slate.com,
            spectrum.ieee.org, spiegel.de, statnews.com, techcrunch.com, technologyreview.com,
            telegraph.co.uk, theatlantic.com, theguardian.com, thenextweb.com, theregister.co*,
            theverge.com, time.com, usatoday.com, venturebeat.com, vice.com, vox.com,
            washingtonpost.com, wired.com, wsj.com, zdnet.com
        """,
    },
    Kind.ORGANIZATION: {
        CERTAIN: """
            aaai.org, acl*.org, aclweb.org, acm.org, ai.facebook.com, ai.google, ai.meta.com,
            alan-turing-institute.org, allenai.org, anthropic.com, baai.ac.cn, bair.berkeley.edu,
            beehiiv.com, buttondown.email/**, cifar.ca, cohere.com, colt*.org, corl*.org,
            coursera.org, csail.mit.edu, cvpr*.thecvf.com, deeplearning.ai, deepmind.com,
            deepmind.google, discord.com/invite/**, discord.gg/**, eccv*.org, ecva.net, edx.org,
            eleuther.ai, emnlp*.org, facebook.com/groups/**, fast.ai, forums.fast.ai,
            futureoflife.org, getrevue.co/**, github.com/*, gitter.im/**, groups.google.com/**,
            huggingface.co/*, iccv*.thecvf.com, iclr.cc, icml.cc, ieee.org, ijcai*.org, inria.fr,
            intelligence.org, interspeech*.org, isca-speech.org, kaggle.com, kdd*.org, kdd.org,
            linkedin.com/company/**, linkedin.com/groups/**, linkedin.com/school/**, mailchi.mp/**,
            meetup.com, mila.quebec, mistral.ai, mlcommons.org, naacl*.org, neurips.cc, nips.cc,
            nvidia.com, openai.com, partnershiponai.org, reddit.com/r/*, research.fb.com,
            research.google, revue.email/**, slack.com/**, stability.ai, substack.com, thecvf.com,
            tinyletter.com/**, turing.ac.uk, twitter.com/*, udacity.com, vectorinstitute.ai, x.ai,
            x.com/*
        """,
    },
}
"""The kind of what stands at a place."""

ONLY_AT_HOME = {Kind.TOOL, Kind.ORGANIZATION}
"""The site is one at its home page; below it stand guides, books and news as well."""

TOPICS: TopicTable = {
    Topic.MATHEMATICS: {
        MEDIUM: """
            betterexplained.com, encyclopediaofmath.org, math.stackexchange.com, mathsisfun.com,
            mathworld.wolfram.com, ncatlab.org, planetmath.org, projecteuclid.org, proofwiki.org,
            statisticshowto.com, statlect.com, stats.stackexchange.com, tutorial.math.lamar.edu,
            wolframalpha.com
        """,
    },
    Topic.VISION: {
        MEDIUM: """
            bmvc2*.org, cocodataset.org, cv-foundation.org, image-net.org, pyimagesearch.com,
            thecvf.com
        """,
    },
    Topic.LANGUAGE: {
        MEDIUM: """
            aclanthology.info, aclanthology.org, aclweb.org, nlp.stanford.edu, nltk.org, spacy.io
        """,
    },
    Topic.SPEECH: {
        MEDIUM: """
            interspeech*.org, isca-speech.org, ismir.net, magenta.tensorflow.org, openslr.org
        """,
    },
    Topic.REINFORCEMENT: {
        MEDIUM: """
            gym.openai.com, gymnasium.farama.org, incompleteideas.net, spinningup.openai.com
        """,
        HINT: "roboticsproceedings.org",
    },
    Topic.APPLICATIONS: {
        MEDIUM: """
            jamanetwork.com, medrxiv.org, ncbi.nlm.nih.gov, nejm.org, physionet.org,
            pubmed.ncbi.nlm.nih.gov, quandl.com, thelancet.com
        """,
    },
}
"""What a site is about, for sites that are about one thing."""
