"""Kind and topics of a link, read from its title and address alone, for links never seen.

The rules are data: ``sites`` (what stands at a place), ``kinds`` (words and shapes that tell the
kind), ``lexicon`` (what the words of the field are about) and ``names`` (what its proper names
stand for). ``engine`` adds their evidence up.

How hard cases are decided, the kind: a repository is code, whatever it holds, but a PDF or page
inside one is a tutorial; a page of a video site is a video, a whole lecture series too; posts of
research laboratories are tutorials (posts), only the press and newsrooms are news; surveys are
papers; forums, podcasts and newsletters are organizations.

The main topic: attention and Transformers are sequences, but a model of language, word2vec as well
as an LLM with its fine-tuning, prompts and agents, is language, and so is machine translation;
captions, visual questions and 3D scenes are vision; autoencoders, GANs, diffusion and style
transfer are generative, but music and speech are speech however they are made; transfer, few-shot
and evolutionary learning and compression are training; graph networks and representation learning
are fundamentals; recommenders are applications; bias and ethics are interpretability; classical
machine learning, frameworks, hardware, deployment and careers are general.
"""

from .engine import Category, categorize

__all__ = ["Category", "categorize"]
