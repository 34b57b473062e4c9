"""Proper names of the field: what they are about, and what they name.

A title that is nothing but a name, as "MNIST" or "DeepMind", says by it both kind and topic.
Names with a capital are found in that spelling only, which tells them from words: ``SAM``.
"""

from collections.abc import Iterable

from ..model import Kind, Topic
from .tables import CERTAIN, HINT, STRONG, Table

Names = dict[Topic, str]


def _join(texts: Iterable[str]) -> str:
    return ", ".join(texts)


MODELS: Names = {
    Topic.FUNDAMENTALS: """
        crelu, deepwalk, GAT, GCN, GLU, GraphSAGE, graphsage, hardswish, KAN, mish, node2vec, prelu,
        SELU, softsign, swiglu
    """,
    Topic.TRAINING: """
        AdaDelta, adadelta, Adafactor, AdaGrad, adagrad, Adam, adam optimizer, AdamW, AMSGrad,
        AutoAugment, autoaugment, CutMix, cutmix, DARTS, dropblock, DropConnect, elastic weight
        consolidation, EWC, GPipe, hyperband, LoRA, MAML, maml, matching network, Mixup, Nadam, NAS,
        NEAT, Net2Net, Net2net, PEFT, progressive neural network, prototypical network, Reptile,
        RMSProp, rmsprop, SGD, ZeRO
    """,
    Topic.VISION: """
        AlexNet, alexnet, arcface, bisenet, BLIP, BYOL, capsnet, centernet, CLIP, COLMAP, ConvNeXt,
        cornernet, darknet, deep image prior, deepface, DeepLab, deeplab, DeepPose, DeiT, DenseNet,
        densenet, detectron, DETR, DINO, DINOv2, efficientdet, EfficientNet, efficientnet, FaceNet,
        faster r cnn, faster rcnn, FCN, Flamingo, gaussian splatting, GoogLeNet, googlenet, HOG,
        hrnet, inception v3, inception v4, instant ngp, LeNet, lenet, LLaVA, mask r cnn, mnasnet,
        MobileNet, mobilenet, mobilenetv2, MoCo, NASNet, nasnet, neocognitron, NeRF, nerf, network
        in network, openface, OpenPose, openpose, ORB, orb slam, OverFeat, overfeat, PANet,
        PointNet, pointnet, PSPNet, pspnet, r cnn, rcnn, refinenet, ResNet, resnet, ResNeXt,
        resnext, retina net, RetinaNet, retinanet, SAM, SegNet, segnet, SENet, senet, ShuffleNet,
        SIFT, SimCLR, SLIC, squeezedet, SqueezeNet, squeezenet, squeezenext, SSD, ssd mobilenet,
        SURF, SwAV, Swin, swin transformer, u net, U-Net, u2net, unet, VGG, vgg, vgg16, vggnet, ViT,
        vit, Xception, xception, yolact, YOLO, yolo, yolov2, yolov3, yolov4, yolov5, yolov8, you
        only look once
    """,
    Topic.SEQUENCES: """
        convlstm, differentiable neural computer, FlashAttention, flashattention, gluonts, hmmlearn,
        Hyena, Informer, Linformer, Longformer, LSTM, Mamba, mamba, n beats, neuralprophet,
        Performer, pytorch forecasting, Reformer, rope embedding, rotary, RWKV, rwkv, sktime,
        statsforecast, switch transformer, tcn, tensor2tensor, Transformer XL, tsfresh, tslearn
    """,
    Topic.LANGUAGE: """
        agentgpt, ALBERT, Alpaca, alpaca, AlphaCode, alphacode, auto gpt, autogpt, BabyAGI, Bard,
        BART, BERT, bert, Bing Chat, BLOOM, char rnn, ChatGLM, ChatGPT, chatgpt, Chinchilla, Claude,
        Code Llama, CodeLlama, Codex, Copilot, DeBERTa, DeepSeek, deepseek, DistilBERT, doc2vec,
        DPO, ELECTRA, ELMo, ERNIE, Falcon LLM, fasttext, FLAN, Flan, Galactica, Gemini, Gemma, GLaM,
        GLM, GloVe, glove, Gopher, GPT, gpt, gpt 2, gpt 3, gpt 4, gpt2, gpt3, gpt4, gpt4all, GPTQ,
        Grok, InstructGPT, instructgpt, LaMDA, LLaMA, LLaMa, Llama, llama, Megatron, minigpt,
        Mistral, mistral, Mixtral, nanogpt, o1, o3, OPT, ORPO, PaLM, Pythia, QLoRA, Qwen, qwen, r1
        zero, ReAct, RoBERTa, roberta, SBERT, sent2vec, SyntaxNet, syntaxnet, T5, Toolformer,
        ULMFiT, universal sentence encoder, Vicuna, vicuna, WebGPT, Word2Vec, word2vec, XLNet
    """,
    Topic.SPEECH: """
        AudioLM, conformer, deep speech, DeepBach, deepspeech, DeepVoice, FastSpeech, HuBERT,
        Jukebox, jukebox, listen attend and spell, Magenta, MuseNet, musenet, MusicGen, MusicLM,
        musiclm, SampleRNN, Tacotron, tacotron, tortoise tts, VALL E, vall e, VITS, wav2letter,
        wav2vec, WaveGlow, WaveNet, wavenet, WaveRNN, Whisper, whisper
    """,
    Topic.GENERATIVE: """
        3dgan, acgan, animatediff, began, BigGAN, biggan, cogvideo, ControlNet, controlnet,
        CycleGAN, cyclegan, DALL, dall e, dalle, DCGAN, dcgan, DDIM, DDPM, ddpm, deepdream,
        deepfloyd, disco diffusion, discogan, DRAW, DreamBooth, dreambooth, esrgan, first order
        motion, flux 1, GAN, GauGAN, gaugan, GLIDE, Glow, glow, Imagen, InfoGAN, infogan, kandinsky,
        latent diffusion, lsgan, Midjourney, midjourney, neural doodle, NICE, painterly, pix2pix,
        pix2pixhd, PixelCNN, pixelcnn, PixelRNN, ProGAN, real nvp, RealNVP, sdxl, sketch rnn, Sora,
        srgan, stable diffusion, StarGAN, stargan, StyleGAN, stylegan, stylegan2, stylegan3, textual
        inversion, VAE, vid2vid, vq vae, VQGAN, vqgan, wav2lip, WGAN, wgan
    """,
    Topic.REINFORCEMENT: """
        AlphaGo, alphago, AlphaStar, alphastar, AlphaZero, alphazero, DDPG, Deep Blue, DQN, Dreamer,
        IMPALA, Leela, leela zero, libratus, MuZero, muzero, OpenAI Five, openai five, PPO, ppo,
        Rainbow DQN, SAC, soft actor critic, TD Gammon, td gammon, TD3, TRPO
    """,
    Topic.INTERPRETABILITY: "CAM, DeepLIFT, deeplift, Grad CAM, LRP, SAE, SAEs, SmoothGrad, TCAV",
    Topic.APPLICATIONS: """
        AlphaFold, alphafold, carnd, CheXNet, chexnet, comma ai, DeepFM, deepfm, DeepVariant,
        neuralink, nvidia drive, openpilot, selfdrivingcars, tesla, tesla autopilot, waymo
    """,
}
"""Models, methods and systems that have a name."""

DATASETS: Names = {
    Topic.GENERAL: "UC Irvine, UCI, uci",
    Topic.VISION: """
        activitynet, ADE20K, ade20k, Caltech 101, caltech 101, Caltech 256, caltech 256, CamVid,
        camvid, CelebA, celeba, CIFAR, cifar, cifar 10, cifar 100, cifar10, cifar100, Cityscapes,
        cityscapes, COCO, coco, CUB 200, DAVIS, emnist, Fashion MNIST, fashion mnist, flickr,
        flickr30k, flickr8k, hmdb51, ilsvrc, ImageNet, imagenet, Kinetics, KITTI, labeled faces in
        the wild, labelme, LFW, lfw, LSUN, lsun, megaface, middlebury, MNIST, mnist, ModelNet, MPII,
        ms coco, mscoco, NORB, NYU Depth, Omniglot, omniglot, open images, PASCAL, PASCAL VOC,
        pascal voc, places205, scannet, ShapeNet, shapenet, Sintel, sports 1m, STL 10, stl 10, SUN
        Database, SVHN, svhn, tiny images, ucf101, visual genome, VOC2012, vqa, WIDER FACE,
        yfcc100m, youtube 8m
    """,
    Topic.LANGUAGE: """
        20 newsgroups, babi, BIG bench, big bench, billion word, C4, common crawl, conceptnet,
        CoNLL, enron, europarl, GLUE, gutenberg, HellaSwag, IMDB, imdb, MMLU, MultiNLI, penn
        treebank, redpajama, SNLI, snli, SQuAD, squad, SuperGLUE, text8, the pile, TREC, wikitext,
        WMT, WordNet, wordnet, yelp review
    """,
    Topic.SPEECH: """
        AudioSet, audioset, Common Voice, common voice, freesound, GTZAN, LibriSpeech, librispeech,
        LJSpeech, ljspeech, MAESTRO, million song, MusicNet, musicnet, NSynth, nsynth, TIMIT, timit,
        urbansound, VCTK, VoxCeleb, voxceleb
    """,
    Topic.GENERATIVE: "LAION, laion",
    Topic.REINFORCEMENT: "arcade learning environment, D4RL, MineRL, minerl",
    Topic.APPLICATIONS: """
        camelyon, MIMIC, mimic iii, MovieLens, movielens, Netflix Prize, netflix prize, nuscenes,
        physionet, waymo open
    """,
}
"""Data sets and benchmarks."""

LIBRARIES: Names = {
    Topic.GENERAL: """
        airflow, anaconda, Apache Spark, azure, bentoml, bigml, bokeh, brain js, Caffe, caffe,
        Caffe2, catboost, Chainer, chainer, CNTK, cntk, Colab, colab, core ml, coreml, dask,
        DeepLearning4J, Deeplearning4j, deeplearning4j, dvc, fastai, floydhub, gluon, Gradio, h2o,
        hadoop, JAX, jax, Julia, keras js, knime, Kubeflow, Lasagne, libsvm, LightGBM, lightgbm,
        ludwig, Mahout, MATLAB, ml5, mlflow, mlx, MXNet, mxnet, Octave, ONNX, onnx, openai cookbook,
        orange, PaddlePaddle, Pandas, pandas, paperspace, plotly, PyBrain, pytorch lightning,
        rapidminer, RStudio, SageMaker, Scikit Learn, scikit learn, Seaborn, seaborn, seldon,
        sklearn, skorch, snowflake, sonnet, Streamlit, synaptic, tensor flow, TensorFlow, tensorflow
        js, tensorlayer, tfjs, tflearn, TFX, Theano, tinygrad, Torch, torchserve, turicreate, Weka,
        weka, XGBoost, xgboost, zenml
    """,
    Topic.MATHEMATICS: """
        Ceres Solver, cvxpy, desmos, Edward, einops, geogebra, glmnet, gpflow, GPyTorch, gpytorch,
        NumPy, PyMC, pymc, PyMC3, Pyro, pyro, SciPy, scipy, Stan, statsmodels, SymPy, sympy,
        wolfram, Wolfram Alpha
    """,
    Topic.FUNDAMENTALS: "DGL, PyG, pytorch geometric, spektral",
    Topic.TRAINING: """
        adanet, albumentations, augmentor, auto sklearn, AutoKeras, autokeras, bitsandbytes,
        colossal ai, Comet ML, DeepSpeed, deepspeed, fairscale, flaml, Horovod, horovod, Hyperas,
        hyperas, Hyperopt, hyperopt, hyperopt sklearn, imbalanced learn, imgaug, Keras Tuner, keras
        tuner, neat python, nni, nvidia apex, openvino, Optuna, optuna, ray tune, scikit optimize,
        sigopt, snorkel, Spearmint, talos, TensorBoard, tensorboard, tensorrt, TPOT, tpot, wandb,
        Weights & Biases, Weights and Biases
    """,
    Topic.VISION: """
        convnetjs, cvat, deoldify, detectron2, dlib, easyocr, fiftyone, gluoncv, grounding dino,
        imageai, insightface, keras applications, keras retinanet, kornia, labelimg, maskrcnn,
        mediapipe, meshroom, mmdetection, nerfstudio, neuraltalk, open3d, OpenCV, opencv, paddleocr,
        quick draw, roboflow, scikit image, SimpleCV, tesseract, timm, torchvision, ultralytics,
        waifu2x
    """,
    Topic.LANGUAGE: """
        ai dungeon, AllenNLP, allennlp, amazon lex, api ai, autogen, Axolotl, botpress, character
        ai, chatbot arena, chatterbot, chroma, Claude Code, Cohere, CoreNLP, corenlp, crewai,
        Cursor, deepl, deeppavlov, Dialogflow, dialogflow, dify, DSPy, eleutherai, exllama, fairseq,
        fastchat, Flair, flowise, Gensim, gensim, GGUF, gguf, google translate, gpt j, gpt neo,
        grammarly, haystack, Hugging Face, hugging face, huggingface, ibm watson, jieba, joeynmt,
        konlpy, LangChain, langchain, langfuse, LangGraph, langsmith, llama cpp, llamafile,
        LlamaIndex, llamaindex, lm studio, lmarena, luis, MALLET, mallet, marian, MergeKit,
        mergekit, metagpt, milvus, Moses, NLTK, nltk, notebooklm, Notion AI, Ollama, ollama, open
        assistant, OpenAI API, openai codex, OpenCode, opennlp, OpenNMT, opennmt, otter ai, parlai,
        Perplexity, pinecone, polyglot, pytext, qdrant, ragas, Rasa, rasa, semantic kernel,
        sentencepiece, simpletransformers, SpaCy, spacy, Stanford NLP, stanza, starspace, tabnine,
        text generation webui, textacy, TextBlob, textblob, textgenrnn, torchtext, txtai, unsloth,
        vllm, watson assistant, weaviate, wikipedia2vec, Windsurf, wit ai, writesonic
    """,
    Topic.SPEECH: """
        aiva, alexa, amazon alexa, amazon echo, amazon polly, assemblyai, aubio, audiocraft, CMU
        Sphinx, Coqui, deepgram, deepjazz, demucs, Eleven Labs, elevenlabs, ESPnet, espnet,
        Essentia, folk rnn, google assistant, HTK, Kaldi, kaldi, librosa, lyrebird, lyrebird ai,
        madmom, mozilla tts, music transformer, music vae, musicvae, nsynth super, performance rnn,
        piano genie, real time voice cloning, resemble ai, riffusion, siri, SpeechBrain,
        speechbrain, spleeter, Suno, torchaudio
    """,
    Topic.GENERATIVE: """
        adobe firefly, Artbreeder, artbreeder, Automatic1111, civitai, ComfyUI, comfyui, Craiyon,
        craiyon, deepart, deepfacelab, diffusers, DreamStudio, faceswap, fooocus, gan lab, gan zoo,
        ideogram, invokeai, lexica, luma ai, openart, pika labs, Runway, RunwayML, runwayml
    """,
    Topic.REINFORCEMENT: """
        ai2thor, alpha zero general, brax, chainerrl, cleanrl, DeepMind Lab, deepmind lab, dm
        control, Dopamine, elf opengo, gazebo, Gym, gym, gym retro, Gymnasium, gymnasium, habitat,
        isaac gym, keras rl, lczero, malmo, minigo, ml agents, MuJoCo, mujoco, openai baselines,
        openai gym, openai universe, openspiel, pettingzoo, project malmo, pybullet, pysc2, rl glue,
        rllab, RLlib, rllib, roboschool, ROS, Stable Baselines, stable baselines, stable baselines3,
        tensorforce, tf agents, tianshou, unity ml, Unity ML Agents, vizdoom
    """,
    Topic.INTERPRETABILITY: """
        aif360, aix360, alibi, Captum, captum, cleverhans, dalex, deepexplain, dtreeviz, ELI5, eli5,
        embedding projector, Fairlearn, fairlearn, Foolbox, foolbox, innvestigate, InterpretML,
        interpretml, keras vis, language interpretability tool, Lucid, lucid, Netron, tf explain,
        what if tool, whatif tool, yellowbrick
    """,
    Topic.APPLICATIONS: """
        airsim, apollo auto, autopilot, autoware, backtrader, carla, deepchem, deepctr, dlrm, donkey
        car, donkeycar, esmfold, lightfm, monai, nvidia clara, quantlib, quantopian, RecBole,
        recsim, rosettafold, torchdrug, torchrec, zipline
    """,
}
"""Frameworks, libraries, applications and services."""

ORGANIZATIONS: Names = {
    Topic.GENERAL: """
        AAAI, AISTATS, Allen Institute, Baidu Research, BAIR, COLT, Coursera, DeepMind, Facebook AI,
        Google AI, Google Brain, Google DeepMind, ICLR, ICML, IJCAI, JMLR, KDD, Meta AI, Microsoft
        Research, MILA, Mila, NeurIPS, NIPS, NVIDIA, Nvidia, OpenAI, Udacity, Vector Institute
    """,
    Topic.VISION: "BMVC, bmvc, CVPR, cvpr, ECCV, eccv, ICCV, iccv, SIGGRAPH, WACV, wacv",
    Topic.LANGUAGE: "ACL, Anthropic, COLING, EMNLP, emnlp, NAACL, naacl",
    Topic.SPEECH: "ICASSP, icassp, INTERSPEECH, Interspeech, interspeech, ISMIR, ismir",
    Topic.GENERATIVE: "Stability AI",
    Topic.REINFORCEMENT: "Boston Dynamics, CoRL, ICRA, IROS",
    Topic.INTERPRETABILITY: "Center for AI Safety, FAccT, FATML, Partnership on AI",
    Topic.APPLICATIONS: "MICCAI, RecSys, Waymo",
}
"""Laboratories, companies and conferences."""

COURSES: Names = {
    Topic.GENERAL: "6s191, cs182, cs188, cs221, cs229, cs230, cs50, s191",
    Topic.MATHEMATICS: "ee364a, ee364b, stat110",
    Topic.FUNDAMENTALS: "cs224w",
    Topic.VISION: "cs131, cs231a, cs231n",
    Topic.LANGUAGE: "cs224d, cs224n, cs224u, cs25",
    Topic.GENERATIVE: "cs236",
    Topic.REINFORCEMENT: "cs234, cs285",
    Topic.APPLICATIONS: "s094",
}
"""Classes known by their number."""

BOOKS: Names = {
    Topic.GENERAL: """
        artificial intelligence a modern approach, clean code, deep learning with python, designing
        machine learning systems, dive into deep learning, foundations of machine learning, godel
        escher bach, grokking deep learning, hands on machine learning, how to create a mind, human
        compatible, hundred page machine learning, introduction to data mining, learning from data,
        life 3 0, machine learning a probabilistic perspective, machine learning for hackers,
        machine learning yearning, mining of massive datasets, neural networks and deep learning, on
        intelligence, pattern recognition and machine learning, programming collective intelligence,
        python data science handbook, society of mind, superintelligence, the master algorithm,
        understanding machine learning
    """,
    Topic.MATHEMATICS: """
        all of statistics, bayesian data analysis, bayesian reasoning and machine learning, convex
        optimization, elements of statistical learning, gaussian processes for machine learning,
        information theory inference, introduction to applied linear algebra, introduction to
        statistical learning, linear algebra done right, mathematics for machine learning,
        probabilistic graphical models, probabilistic machine learning, probabilistic machine
        learning an introduction, probabilistic programming and bayesian methods for hackers,
        probabilistic programming bayesian methods for hackers, probability theory the logic of
        science, statistical rethinking, think bayes, think stats
    """,
    Topic.FUNDAMENTALS: """
        make your own neural network, neural network design, neural networks for pattern
        recognition, parallel distributed processing
    """,
    Topic.VISION: """
        computer vision algorithms and applications, computer vision models learning and inference,
        learning opencv, multiple view geometry in computer vision, practical python and opencv,
        programming computer vision with python
    """,
    Topic.LANGUAGE: """
        foundations of statistical natural language processing, introduction to information
        retrieval, natural language processing with python, speech and language processing
    """,
    Topic.GENERATIVE: "generative deep learning",
    Topic.REINFORCEMENT: """
        algorithms for reinforcement learning, neuro dynamic programming, reinforcement learning an
        introduction
    """,
    Topic.INTERPRETABILITY: """
        explanatory model analysis, interpretable machine learning, the alignment problem, weapons
        of math destruction
    """,
}
"""Standard textbooks and well-known popular books, by their titles."""

_GROUPS = (MODELS, DATASETS, LIBRARIES, ORGANIZATIONS, COURSES, BOOKS)

TOPICS: Table[Topic] = {
    topic: {STRONG: _join(group[topic] for group in _GROUPS if topic in group)}
    for topic in Topic
    if topic is not Topic.GENERAL
} | {
    Topic.GENERAL: {
        STRONG: _join(group[Topic.GENERAL] for group in (COURSES, BOOKS)),
        HINT: _join(group[Topic.GENERAL] for group in (DATASETS, LIBRARIES, ORGANIZATIONS)),
    }
}
"""What a name is about; a framework or laboratory of the whole field hardly says."""

KINDS: Table[Kind] = {
    Kind.DATASET: {CERTAIN: ", ".join(DATASETS.values())},
    Kind.TOOL: {STRONG: ", ".join(LIBRARIES.values())},
    Kind.ORGANIZATION: {CERTAIN: ", ".join(ORGANIZATIONS.values())},
    Kind.COURSE: {CERTAIN: ", ".join(COURSES.values())},
    Kind.BOOK: {CERTAIN: ", ".join(BOOKS.values())},
}
"""What sort of thing a name stands for; models come as papers, code and posts alike."""
