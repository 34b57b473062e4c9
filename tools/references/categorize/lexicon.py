"""What the words of the field are about.

Four principles settle the main topic. The task beats the method: "Speech recognition with deep
recurrent networks" is about speech, so tasks are STRONG or LIKELY and architectures MEDIUM. A
domain of use beats the task: "Biomedical image segmentation" is an application, so domains are
LIKELY. A wish to look inside beats what is looked into: "Visualizing recurrent networks" is about
interpretability. Reinforcement learning is a field of its own rather than a method, and keeps its
topic whatever it is applied to.
"""

from ..model import Kind, Topic
from .tables import CERTAIN, HINT, LIKELY, MEDIUM, SLIGHT, STRONG, TopicTable, Weights

TERMS: TopicTable = {
    Topic.GENERAL: {
        STRONG: """
            agi, anomaly detection, artificial general intelligence, association rule, big data,
            boosted tree, career, classification and regression tree, cluster analysis, clustering
            algorithm, computer science, computing machinery, cuda, curated list, data analysis,
            data analytics, data engineering, data mining, data pipeline, data preprocessing, data
            science, data scientist, data structure, data visualization, dataset for machine
            learning, dataset search, decision tree, deep learning framework, deep learning library,
            deep learning rig, deploying, deployment, design pattern, dimensionality reduction,
            docker, exploratory data analysis, feature engineering, feature selection, foundation
            model, general intelligence, gpu for deep learning, gradient boosting, graphics card,
            hardware, history of deep learning, interview question, job interview, k means, k
            nearest neighbor, knn, kubernetes, learning how to learn, learning path, machine
            learning course, machine learning engineer, machine learning library, machine learning
            repository, machine learning yearning, manifold learning, mlops, model deployment,
            nearest neighbor, one hot encoding, parallel computing, production, programming, public
            dataset, random forest, roadmap, rules of machine learning, singularity, software
            engineering, statistical data visualization, structured data, superintelligence, support
            vector machine, svm, tabular data, technical debt, tpu, turing test, unit test,
            workstation
        """,
        MEDIUM: """
            boosting, business intelligence, classification algorithm, cloud, clustering, cognitive
            science, computer program, consciousness, debugging, ensemble, human level,
            infrastructure, intelligence, jupyter, kaggle, machine learning algorithm, machine
            learning system, matplotlib, notebook tip, numpy, pattern recognition, project idea,
            reading list, semi supervised learning, software engineer, supervised learning, trend,
            unsupervised learning, visual guide, visual intro, visual introduction
        """,
        SLIGHT: """
            artificial intelligence, deep learning, deeplearning, machine intelligence, machine
            learning
        """,
        HINT: """
            ai, aws, baseline, beginner, coder, data, datasets, deep neural network library,
            developer, dl, getting started, keras, learning algorithm, ml, neural information
            processing, off the shelf, overview, python, pytorch, recommendation for, scikit, state
            of art, state of the art, tensorflow, theano
        """,
    },
    Topic.MATHEMATICS: {
        STRONG: """
            a b test, a b testing, abstract algebra, algebra, antiderivative, arithmetic sequence,
            autodiff, automatic differentiation, basis vector, bayes, bayes rule, bayes theorem,
            bayesian, bayesian deep learning, bayesian inference, bayesian method, bayesian network,
            bayesian neural network, bayesian statistics, bernoulli, binomial, brownian motion,
            calculus, cartesian, category theory, cauchy, causal, causal inference, causality,
            central limit theorem, chain rule, chebyshev, chi square, chi squared, cholesky,
            combinatorial, combinatorics, complex analysis, complex number, conditional probability,
            confidence interval, conjugate prior, continuity, convergent series, convex, convex
            analysis, convex optimization, convex set, convolution of function, convolution theorem,
            cosine, cosine similarity, covariance, covariance matrix, cross product, cumulative
            distribution, curl, curse of dimensionality, density function, derivative, derivative
            rule, determinant, differential calculus, differential equation, differential geometry,
            directional derivative, dirichlet distribution, discrete math, discrete mathematics,
            divergence, divergent series, do calculus, dot product, duality, effect size,
            eigendecomposition, eigenvalue, eigenvector, entropy, euclidean, euclidean distance,
            euler, expectation maximization, expected value, exponent, exponential family,
            exponential function, f test, factor graph, factorial, fourier, fourier analysis,
            fourier series, fourier transform, fractal, frequentist, function composition,
            functional analysis, galois theory, gamma distribution, gaussian, gaussian distribution,
            gaussian elimination, gaussian mixture, gaussian process, generalized linear,
            generalized linear model, geometric mean, geometric sequence, geometric series, geometry
            processing, gibbs sampling, goodness of fit, gradient vector, gram schmidt, graph
            theory, graphical model, group theory, hamiltonian monte carlo, harmonic mean, harmonic
            series, hessian, hessian matrix, hilbert space, histogram, hyperbolic, hyperplane,
            hypothesis test, hypothesis testing, implicit differentiation, importance sampling,
            independence, inequality, information entropy, information gain, information theory,
            inner product, integral, integration, integration by part, inverse matrix, invertible
            matrix, isomorphism, jacobian, jacobian matrix, jensen inequality, joint probability,
            kernel density, kernel method, kkt, kl divergence, kullback leibler, kullback leibler
            divergence, kurtosis, lagrange multiplier, lagrangian, langevin, laplace approximation,
            laplace transform, law of cosine, law of large numbers, learning theory, least square,
            likelihood, likelihood ratio, linear algebra, linear combination, linear equation,
            linear function, linear independence, linear map, linear model, linear programming,
            linear regression, linear transformation, linearly independent, logarithm, logic,
            logistic regression, lu decomposition, manifold geometry, manova, markov chain, markov
            chain monte carlo, martingale, math, mathematica, mathematical logic, mathematician,
            mathematics, matrices, matrix, matrix algebra, matrix calculus, matrix decomposition,
            matrix factorization, matrix multiplication, matrix rank, maximum a posteriori, maximum
            likelihood, mcmc, mean square error, mean squared error, mean value theorem, measure
            theory, median, metropolis hastings, moment generating function, monad, monte carlo,
            monte carlo method, moving average, multicollinearity, multinomial, multivariable
            calculus, multivariate normal, mutual information, naive bayes, natural logarithm,
            newton method, nonlinear least square, nonparametric, normal distribution, null space,
            number theory, numerical algorithm, numerical analysis, numerical computation, numerical
            method, optimal transport, optimization problem, ordinary differential equation,
            orthogonal, outlier, p value, pac bayes, pac learning, parametric equation, partial
            derivative, partial differential equation, pca, percentile, permutation, poisson, polar
            coordinate, polynomial, polynomial regression, positive definite, posterior probability,
            power rule, power series, precision and recall, principal component, principal component
            analysis, probabilistic, probabilistic graphical model, probabilistic model,
            probabilistic programming, probability, probability density, probability distribution,
            probability theory, product rule, proof, pythagorean, qr decomposition, quadratic,
            quaternion, quotient rule, random variable, random walk, real analysis, receiver
            operating characteristic, regression analysis, rejection sampling, residual analysis,
            ridge regression, riemann, ring theory, roc, roc curve, row echelon, sampling
            distribution, scalar, scientific computing, set notation, set theory, sigma notation,
            signal processing, simplex, sine, singular value, singular value decomposition,
            skewness, spline interpolation, standard deviation, standard error, stationary point,
            statistic, statistical, statistical inference, statistical learning, statistical
            modeling, statistical significance, statistical test, statistician, stirling, stochastic
            calculus, stochastic differential equation, stochastic process, student t, survival
            analysis, t test, taylor expansion, taylor series, tensor, tensor calculus, tensor
            product, theorem, topology, trigonometric, trigonometry, type theory, unbiased, unit
            vector, variance, variational calculus, vc dimension, vector analysis, vector calculus,
            vector field, vector projection, vector space, weighted average, window function, z
            score
        """,
        MEDIUM: """
            algebraic, anova, bootstrap, coefficient, correlation, distribution, estimation,
            estimator, expectation, exponential, geometric, geometry, graph, hypothesis, infinite,
            limit, logistic, mathematical, metric, norm, numerical, quantile, regression, sampling,
            series, squared, summation, transpose, vector, wavelet
        """,
    },
    Topic.FUNDAMENTALS: {
        STRONG: """
            activation function, adaline, artificial neuron, back propagation, backprop,
            backpropagation, backpropogation, biological neuron, categorical crossentropy,
            computation graph, computational graph, connectionist model, contrastive learning, cost
            function, cross entropy, cross entropy loss, decision region, deep equilibrium, deep
            feature learning, deep learning theory, deep metric, deep representation, delta rule,
            dense layer, depth separation, elu, energy function, equivariance, equivariant,
            exponential linear unit, expressive power, expressivity, extreme learning machine,
            feature learning, feed forward, feedforward network, feedforward neural network, focal
            loss, forward forward, forward pass, forward propagation, fully connected, gated linear
            unit, gcn, gelu, geometric deep learning, gnn, graph convolution, graph convolutional
            network, graph network, graph neural network, group equivariant, hebbian, hidden layer,
            hidden unit, high level feature, highway network, hinge loss, hopfield, how neural
            network work, huber loss, hyperbolic tangent, infinite width, information bottleneck,
            introduction to neural network, knowledge graph embedding, kolmogorov arnold, leaky
            relu, linear region, log loss, logistic function, loss function, loss landscape, make
            your own neural network, maxout, mcculloch pitts, metric learning, micrograd, mlp, multi
            layer perceptron, multilayer perceptron, negative log likelihood, network architecture,
            network topology, neural arithmetic, neural network architecture, neural network basic,
            neural network explained, neural network from scratch, neural network introduction,
            neural network math, neural network mathematics, neural network playground, neural
            network tutorial, neural ode, neural tangent kernel, neuromorphic, neuron model, node
            embedding, objective function, overparameterized, perceptron, predictive coding, radial
            basis function, rectified linear, rectified linear unit, rectifier, relu, representation
            learning, reservoir, self normalizing, self organized map, self organizing map, self
            supervised, self supervised learning, selu, siamese, sigmoid, sigmoidal, single layer,
            skip connection, softmax, softplus, sparse coding, spiking, spiking neural network,
            spline theory, step function, swish, tanh, theoretical understanding, theory of deep
            learning, triplet loss, two layer network, universal approximation, universal
            approximator, unsupervised feature learning, weight distribution, wide network, xor
        """,
        MEDIUM: """
            approximation, bias unit, brain, credit assignment, deep architecture, depth, embedding,
            layer, loss, manifold, multilayer feedforward, neural, neuron, nonlinear, nonlinearity,
            symbolic, weights and bias
        """,
        SLIGHT: """
            ann, artificial neural network, deep network, deep neural network, dnn, neural net,
            neural network, nn, simple neural network
        """,
    },
    Topic.TRAINING: {
        LIKELY: """
            batch normalization, domain adaptation, few shot learning, gradient descent, hyper
            parameter, hyperparameter, hyperparameter optimization, hyperparameter search,
            hyperparameter tuning, knowledge distillation, knowledge transfer, learning rate,
            learning rate schedule, learning rate scheduler, meta learning, neural architecture
            search, one shot learning, stochastic gradient descent, train neural network, training
            deep, training neural network, transfer learning, zero shot learning
        """,
        STRONG: """
            1cycle, active learning, adapter, augmenting image, automated machine learning, automl,
            bag of tricks, batch norm, batch size, batch training, batchnorm, bayesian optimization,
            bias and variance, bias variance, bias variance tradeoff, bias vs variance, binarized,
            binary neural network, catastrophic, catastrophic forgetting, check point, checkpoint,
            checkpointing, class imbalance, compressing, compression, conjugate gradient,
            consistency regularization, continual learning, coordinate descent, cross validation,
            curriculum learning, cyclical learning rate, data augmentation, data efficient, data
            parallelism, data transformation, debug neural network, debugging neural network, deep
            learning tips, differentiable architecture, distillation, distilling, distributed deep,
            distributed deep learning, distributed machine learning, distributed training, double
            descent, dropconnect, dropout, early stopping, efficient training, elastic net, ensemble
            learning, ensemble method, evolution strategies, evolutionary algorithm, evolutionary
            computation, experiment tracking, exploding gradient, faster training, federated
            learning, few shot, fine tune, fine tuned, fine tuning, finetune, finetuning, fp16,
            generalisation, generalization, generalization bound, generalization error, genetic
            algorithm, genetic programming, glorot, gpu training, gradient, gradient accumulation,
            gradient based training, gradient checkpointing, gradient clipping, gradient noise, grid
            search, group normalization, half precision, hard to train, he initialization,
            hypernetwork, image augmentation, imbalanced data, implicit regularization, incremental
            learning, inference acceleration, inference time, initialization, instance
            normalization, int8, internal covariate shift, k fac, knowledge distilling, l bfgs,
            label noise, label smoothing, large batch, large minibatch, large scale training, lasso,
            layer norm, layer normalization, lbfgs, learning curve, lifelong, lifelong learning,
            line search, local minima, local minimum, loss surface, lottery ticket, low precision,
            low rank adaptation, memory optimization, mini batch, minibatch, mixed precision,
            mixture of expert, mixup, model averaging, model compression, model efficiency, model
            merging, model parallelism, model selection, momentum, multi gpu, multi task learning,
            multitask learning, natural gradient, negative transfer, nesterov, network compression,
            network morphism, network pruning, neural architecture, neuroevolution, noisy label,
            noisy student, normalization technique, on device, one cycle, one shot, optimization
            algorithm, optimization for deep learning, optimizer, overfit, overfitting,
            oversampling, parallelism, parameter efficient, parameter server, population based
            training, pre training, pretraining, proximal gradient, pruning, pseudo label,
            quantization, quantize, quantized, quantizing, random search, regularization,
            regularizer, saddle point, second order optimization, self training, semi supervised,
            sharpness aware, simulated annealing, small dataset, smote, snapshot ensemble, sparse
            training, sparsity, stochastic depth, stochastic optimization, stochastic weight
            averaging, super convergence, swarm optimization, synthetic data generation, synthetic
            gradient, teacher student, tensorrt, ternary weight, test set, train faster, train test
            split, training faster, training loop, training stability, training time, training tip,
            training trick, transferable, troubleshooting deep, underfitting, validation set,
            vanishing gradient, warm restart, warmup, weak supervision, weight decay, weight
            initialization, weight normalization, weight sharing, xavier, xnor net, zero redundancy,
            zero shot
        """,
        MEDIUM: """
            accelerating, adaptation, annealing, augmentation, convergence, efficient deep,
            normalization, optimisation, optimization, optimizing, pre trained, pretrained, scaling,
            speed up, speeding, speeding up, train, training, tuning
        """,
        HINT: "gpu",
    },
    Topic.VISION: {
        STRONG: """
            1x1 convolution, 3d convolution, 3d face, 3d object, 3d reconstruction, 3d shape, 3d
            vision, action localization, action recognition, activity recognition, age estimation,
            alpha matting, anchor box, animal detection, annotation tool, augmented reality,
            bilateral filter, biometric, bird species, bounding box, camera calibration, capsule,
            capsule network, captcha, colorization, colorize, colorizing, computational photography,
            computer vision, contour detection, convolution arithmetic, cross modal retrieval, crowd
            counting, deblurring, deep face, defect detection, dehazing, demosaicing, denoising
            image, depth estimation, depth map, describing image, detection proposal, digit
            classification, digit recognition, dilated convolution, document recognition, document
            understanding, dog breed, edge aware, edge detection, egocentric, embodied vision,
            emotion detection, event camera, eye detection, eye tracking, face alignment, face
            classification, face database, face detection, face detector, face identification, face
            mask, face recognition, face verification, facial, facial expression, facial keypoint,
            facial landmark, facial recognition, feature hierarchies, feature matching, feature
            pyramid, fine grained classification, fingerprint, food recognition, gaze, gender
            classification, gesture recognition, hand pose, hand written digit, handwriting
            recognition, handwritten, handwritten digit, high dynamic range, histogram of oriented
            gradient, homography, hough transform, human body, human motion, human parsing, image
            analysis, image and text, image annotation, image caption, image caption generation,
            image caption generator, image captioning, image classification, image classifier, image
            compression, image dataset, image denoising, image description, image embedding, image
            enhancement, image feature, image filter, image fusion, image kernel, image labeling,
            image matching, image matting, image net, image processing, image pyramid, image
            quality, image question answering, image recognition, image registration, image
            restoration, image retrieval, image search, image segmentation, image similarity, image
            tagging, image text, image to text, image understanding, instance segmentation, iris
            recognition, keypoint, landmark detection, lane detection, large multimodal model,
            license plate, local feature, localisation and mapping, low light, machine vision, max
            pooling, monocular depth, motion capture, multi object tracking, multi view geometry,
            multimodal, multimodal llm, multimodal model, multiple view geometry, natural image,
            neural radiance field, neural rendering, non maximum suppression, object class, object
            counting, object detection, object detector, object localization, object recognition,
            object segmentation, object tracking, objectness, ocr, open vocabulary detection,
            optical character recognition, optical flow, panoptic segmentation, pedestrian
            detection, person re identification, person search, photogrammetry, photograph, picture,
            plant identification, point cloud, pose estimation, radiance field, recognizing image,
            referring expression, region of interest, region proposal, remote image, roi pooling,
            saliency detection, salient object, scene graph, scene recognition, scene text, scene
            understanding, seeing, segment anything, segmentation dataset, selfie, semantic
            segmentation, separable convolution, shape from shading, shape retrieval, show and tell,
            show attend and tell, sift, sign language, simultaneous localization and mapping, sketch
            recognition, slam, spatial pyramid, squeeze and excitation, stereo, stereo matching,
            street view, structure from motion, super resolution, superpixel, surveillance camera,
            temporal action, text detection, text recognition, texture, tiny images, traffic sign,
            transposed convolution, video analysis, video captioning, video classification, video
            object, video prediction, video recognition, video representation, video retrieval,
            video tracking, video understanding, vision and language, vision language, vision
            language model, vision model, vision transformer, visual attention, visual concept,
            visual cortex, visual domain, visual feature, visual grounding, visual instruction,
            visual instruction tuning, visual language, visual object, visual odometry, visual
            perception, visual place recognition, visual q a, visual qa, visual question answering,
            visual reasoning, visual recognition, visual representation, visual saliency, visual
            search, visual semantic, visual similarity, visual tracking, visual transformer, vlm,
            volumetric, webcam, zero shot image
        """,
        MEDIUM: """
            atrous, camera, caption, cnn, conv net, convnet, convolution, convolutional,
            convolutional net, convolutional network, convolutional neural net, convolutional neural
            network, deconvolution, deformable, depth, depthwise separable, detection, face, feature
            map, filter, flower, fully convolutional, image, imagery, imaging, inception, kinect,
            lidar, monocular, motion, pedestrian, perspective, photo, pixel, pooling, receptive
            field, rendering, residual learning, residual network, rgbd, scene, segmentation,
            skeleton, spatial, spatial transformer, tracking, upsampling, vision, visual
        """,
        HINT: "localization, object, recognition, shape, video",
    },
    Topic.SEQUENCES: {
        STRONG: """
            adaptive computation time, anomaly detection in time series, arima, attention is all you
            need, autoregressive integrated, backpropagation through time, clockwork, conditional
            random field, crf, dynamic time warping, elman, event prediction, event sequence,
            forecasting, generating sequence, handwriting generation, hidden markov model,
            hierarchical temporal memory, hmm, human activity recognition, jordan network, kalman
            filter, learning to execute, liquid neural, long range dependency, long term
            dependencies, neural gpu, neural programmer, neural turing machine, online sequence,
            pointer network, recursive neural network, rotary positional encoding, sensor data,
            sequence data, sequence labeling, sequence labelling, sequence learning, sequence model,
            sequence modeling, sequence modelling, sequence prediction, sequence tagging, sequential
            data, signal prediction, state space model, stateful lstm, structured state space,
            temporal classification, temporal convolutional network, temporal data, temporal
            pattern, time delay, time series, timeseries, trajectory prediction, transformer,
            transformer architecture, transformer model
        """,
        MEDIUM: """
            attention, attention mechanism, augmented rnn, bi directional, bidirectional, echo
            state, efficient transformer, encoder decoder, external memory, flash attention, gated
            recurrent, gated recurrent unit, gru, linear attention, long context, long sequence,
            long short term memory, long sort term memory, lstms, memory, memory augmented, memory
            network, multi head attention, positional embedding, positional encoding, prediction of
            time, recurrent, recurrent net, recurrent network, recurrent neural net, recurrent
            neural network, reservoir computing, rnn, self attention, seq2seq, sequence, sequence
            generation, sequence to sequence, sequence transduction, sequential, sparse attention,
            temporal, temporal convolution, turing machine
        """,
    },
    Topic.LANGUAGE: {
        LIKELY: """
            language model, large language model, llm, machine translation, neural language model,
            neural machine translation, statistical machine translation
        """,
        STRONG: """
            abstractive, agentic, ai agent, ai assistant, ai coding, ai writer, ai writing,
            annotating text, answer engine, answer selection, argument mining, autocomplete,
            autocorrect, autonomous agent, bag of word, beam search, byte pair encoding, chain of
            thought, character level, chat, chat bot, chat model, chatbot, chunking, claim
            verification, clickbait, code completion, code generation, code model, code switching,
            coding agent, coding assistant, common sense reasoning, comprehension, computational
            linguistics, constituency, context length, context window, conversational,
            conversational agent, conversational ai, conversational model, copywriting, coreference,
            coreference resolution, corpora, corpus linguistic, cross lingual, decoding strategies,
            dense retrieval, dependency parser, dependency parsing, dialect, dialog, dialog state,
            dialogue, dialogue system, discourse, distributional semantic, document classification,
            document clustering, document embedding, document question answering, document
            summarization, document vector, edit distance, email reply, embedding model, emoji,
            entity linking, entity recognition, essay, event extraction, fact checking, fake news,
            function calling, grammar, grammatical error, hallucination, hate speech, headline,
            headline generation, human feedback, humor, in context learning, information extraction,
            information retrieval, instruct, instruction finetuned, instruction following,
            instruction tuned, instruction tuning, intent classification, keyword extraction,
            knowledge base, knowledge graph, kv cache, language agent, language generation, language
            identification, language inference, language modeling, language modelling, language
            processing, language representation, language technology, language translation, language
            understanding, latent dirichlet, latent dirichlet allocation, latent semantic, lda,
            lemmatization, levenshtein, lexical, lexicon, llm agent, llm evaluation, llm fine
            tuning, llm inference, llm serving, low resource language, lyric generation, machine
            comprehension, machine reading, model context protocol, morphology, movie review, multi
            turn, multilingual, n gram, named entity, named entity recognition, natural language,
            natural language generation, natural language inference, natural language processing,
            natural language understanding, ner, news classification, nlp, novel writing, ontology,
            open domain, pair programmer, paraphrase, parser, parsing, part of speech, part of
            speech tagging, passage retrieval, persona, plagiarism, poem generator, poetry, pos
            tagging, preference alignment, preference optimization, preference tuning, prompt,
            prompt engineering, prompted, prompting, query understanding, question answering,
            question generation, rag, readability, reading comprehension, reasoning llm, reasoning
            model, regular expression, relation extraction, reranking, resume parsing, retrieval
            augmented, retrieval augmented generation, sarcasm, scaling law, semantic matching,
            semantic parsing, semantic role, semantic search, semantic similarity, sentence,
            sentence classification, sentence embedding, sentence encoder, sentence representation,
            sentence similarity, sentence transformer, sentiment, sentiment analysis, sentiment
            classification, shakespeare, skip gram, skip thought, slot filling, small language
            model, smart compose, spam, speculative decoding, spell checker, spelling, spelling
            correction, stance detection, stemming, stop word, story generation, story generator,
            structured output, summarization, summarize, summarizer, syntax tree, tagger, test time
            compute, text analysis, text analytics, text classification, text corpus, text
            embedding, text generation, text generator, text mining, text prediction, text
            preprocessing, text processing, text similarity, text style, text summarization, text to
            sql, text to text, tf idf, thought vector, token, tokenization, tokenizer, tool use,
            topic model, topic modeling, topic modelling, toxic comment, translate, translation,
            translator, transliteration, tree bank, tree of thought, treebank, tweet, vector
            database, vector db, vector representation of word, vector space model of semantic,
            word, word cloud, word embedding, word mover, word representation, word sense, word
            vector, writing assistant
        """,
        MEDIUM: """
            agent framework, arabic, assistant, chinese, compositionality, document, english,
            japanese, korean, language, linguistic, semantic, subword, syntactic, syntax, text,
            textual, translating, twitter, verbal, vocabulary, wikipedia dump, writing
        """,
    },
    Topic.SPEECH: {
        LIKELY: """
            automatic speech recognition, connectionist temporal classification, ctc, music
            generation, music information retrieval, singing voice, speaker diarization, speaker
            identification, speaker recognition, speaker verification, speech emotion, speech
            enhancement, speech recognition, speech recognizer, speech separation, speech synthesis,
            speech to text, spoken language, text to speech, voice cloning, voice conversion, voice
            search
        """,
        STRONG: """
            accent, acoustic, acoustic model, acoustic modeling, acoustic scene, asr, audio, audio
            classification, audio fingerprint, audio generation, audio synthesis, audio tagging,
            audio visual, auditory, auto tagging, beat tracking, beethoven, bird song, birdsong,
            cepstrum, chord, compose music, composer, composing, composing music, conversational
            speech, cover song, cross audio visual, downbeat, drum, dubbing, echo cancellation,
            environmental sound, filterbank, genre classification, groove, guitar, hearing, hotword,
            instrument recognition, jazz, keyword spotting, large vocabulary, large vocabulary
            continuous, lip reading, listening, lvcsr, lyrics alignment, mel frequency, mel
            spectrogram, melody, mfcc, microphone, midi, mozart, music, music composition, music
            transcription, musical, musician, noise suppression, onset detection, orchestra, phone
            recognition, phoneme, phonetic, phonology, piano, pitch detection, polyphonic,
            pronunciation, prosody, raw audio, raw waveform, rhythm, singing, song, sonification,
            sound, sound classification, sound event, source separation, speaker, spectrogram,
            speech, speech command, speech communication, speech processing, spoken, spoken
            dialogue, symphony, synthesizer, talking machine, tempo estimation, timbre,
            transcription, tts, tune generation, utterance, violin, vocal, vocaloid, vocoder, voice,
            voice activity detection, voice assistant, voice recognition, wake word, wav, waveform
        """,
    },
    Topic.GENERATIVE: {
        LIKELY: """
            deep generative model, denoising diffusion, diffusion model, diffusion probabilistic
            model, generative adversarial, generative adversarial net, generative adversarial
            network, generative model, generative modeling, generative modelling, image generation,
            image synthesis, image to image translation, latent diffusion, neural style, neural
            style transfer, style transfer, text to image, text to video, variational autoencoder,
            video generation
        """,
        STRONG: """
            adversarial autoencoder, adversarial generative, adversarial net, adversarial network,
            ai art, anime, art generator, artistic style, auto encoder, auto encoding, autoencoder,
            autoregressive, autoregressive model, boltzmann machine, caricature, cartoon,
            checkerboard artifact, classifier free guidance, computational creativity, conditional
            adversarial network, conditional gan, conditional generation, conditional image
            generation, consistency model, contrastive divergence, creative adversarial, creative
            ai, creative machine, cycle consistent, deep art, deep belief, deep belief network, deep
            dream, deep fake, deepdream, deepfake, denoising, denoising autoencoder, density
            estimation, diffusion, discriminator, disentangled, does not exist, domain transfer,
            energy based, energy based model, everybody dance, face aging, face editing, face
            generation, face morphing, face swap, face synthesis, fake face, fake image, fake video,
            flow based, flow matching, frechet inception distance, fréchet inception distance, gan,
            generate image, generated image, generating face, generating image, generative,
            generative ai, generative art, generative deep learning, generative design, generative
            music, hallucinate image, handwriting generation, harmonization, helmholtz machine,
            image editing, image harmonization, image inpainting, image to image, image to video,
            implicit generative, inception score, inpainting, invertible, latent space, latent
            variable, latent variable model, makeup transfer, manga, mode collapse, motion transfer,
            neural art, noise schedule, normalizing flow, painterly, painting, photo realistic,
            photorealistic image, pixel art, pixel cnn, pixel recurrent, pixelrnn, probabilistic
            latent, rbm, restricted boltzmann machine, sampling network, score based, score based
            generative, score matching, sigmoid belief, sketch, sketch to image, sparse autoencoder,
            stable video, synthetic image, synthetic media, talking head, text guided, text to 3d,
            texture synthesis, unconditional generation, unpaired, unsupervised translation, vae,
            van gogh, variational, variational auto encoder, variational bayes, variational
            inference, vector quantized, virtual try on, wake sleep, wasserstein, wasserstein gan
        """,
        MEDIUM: """
            art, artist, artistic, avatar, creative, creativity, dream, fake, generate, generated,
            generating, generation, generator, imagine, logo generator, synthesis, synthesize,
            synthetic
        """,
        HINT: "aesthetic",
    },
    Topic.REINFORCEMENT: {
        CERTAIN: """
            deep q learning, deep recurrent q learning, deep reinforcement learning, deep rl,
            deeprl, double q learning, drl, inverse reinforcement learning, multi agent
            reinforcement learning, q learning, reinforcement, reinforcement learning, RL
        """,
        STRONG: """
            2048, a2c, a3c, action space, action value, actor critic, advantage actor, agent, ai
            plays, apprenticeship learning, asynchronous method, atari, backgammon, bandit, bandit
            algorithm, behavior cloning, behaviour cloning, bellman, bellman equation, biped,
            bipedal, board game, bots, breakout, cart pole, cartpole, checkers, chess, connect four,
            contextual bandit, continuous control, control theory, count based exploration, credit
            assignment problem, cross entropy method, curiosity, curiosity driven, ddpg, decision
            making, decision making under uncertainty, decision process, decision transformer, deep
            q network, demonstration learning, dexterous, distributional rl, doom, dota, double dqn,
            dqn, dueling, dueling network, dyna, dynamic programming, efficient exploration,
            eligibility trace, embodied agent, emergent behavior, expected sarsa, experience replay,
            exploration and exploitation, flappy bird, function approximation, game ai, game bot,
            game of go, game playing, game theory, general video game, goal conditioned, grasping,
            gridworld, hide and seek, hierarchical reinforcement, hindsight experience, human level
            control, humanoid, imitation learning, intrinsic motivation, inverse kinematic, inverted
            pendulum, learning from demonstration, learning to play, learns to play, legged robot,
            lifelong agent, locomotion, manipulation, manipulator, mario, mario kart, markov
            decision process, markov reward, mdp, minecraft, model based rl, monte carlo tree
            search, motion planning, mountain car, multi agent, multi armed, multi armed bandit,
            multi goal, multiagent, nash equilibrium, off policy, offline rl, on policy, optimal
            control, optimal policy, pacman, path planning, planning under uncertainty, play atari,
            play flappy, play game, play mario, poker, pole balancing, policy distillation, policy
            gradient, policy iteration, policy optimization, policy search, pomdp, pong, preference
            learning, prioritized experience, proximal policy, quadruped, quake, reward function,
            reward model, reward shaping, rl, rlhf, robocup, robot, robot arm, robot learning, robot
            vision, robotic, robotic control, robotic manipulation, robotics dataset, robotics
            toolbox, rubik cube, safe rl, sarsa, self play, shogi, sim to real, sonic, starcraft,
            state space planning, stochastic game, stockfish, successor representation, super mario,
            swarm, swarm robotics, td error, td lambda, td learning, teleoperation, temporal
            difference, tetris, thompson sampling, tic tac toe, trpo, trust region, value function,
            value iteration, video game, visuomotor, walking robot, world model
        """,
        MEDIUM: """
            autonomous, champion, competitive, control, controller, cooperation, decision,
            demonstration, environment, game, navigation, planning, policy, reward, simulation,
            skill, tournament
        """,
    },
    Topic.INTERPRETABILITY: {
        CERTAIN: """
            adversarial example, explainability, explainable, explainable ai, explainer, explaining,
            fairness, feature visualization, interpretability, interpretable, interpretable machine
            learning, interpreting, LIME, mechanistic interpretability, model explanation, model
            interpretability, SHAP, visualising and understanding, visualizing and understanding,
            XAI
        """,
        STRONG: """
            accountability, accountable, activation atlas, activation maximization, adversarial,
            adversarial attack, adversarial machine learning, adversarial patch, adversarial
            perturbation, adversarial robustness, adversarial training, ai alignment, ai control, ai
            ethic, ai governance, ai policy, ai regulation, ai risk, ai safety, algorithmic
            accountability, algorithmic bias, algorithmic fairness, alignment problem, attacking,
            attention is not explanation, attribution, attribution method, autonomous weapon,
            backdoor attack, behavioral testing, bias in ai, black box, black box model, black
            boxes, calibration of neural, certified robustness, class activation, class activation
            map, compas, concept activation, concept based, confidence calibration, counterfactual,
            counterfactual explanation, data ethics, data poisoning, debugging model, deceive,
            deceptive alignment, deep visualization, deep visualization toolbox, differential
            privacy, discrimination, discriminative localization, dissecting, distribution shift,
            easily fooled, equality of opportunity, ethical, ethics, existential risk, explain
            prediction, explanation method, fair, fair classification, feature attribution, feature
            importance, feature visualisation, fool, fooled, fooling, formal verification, gender
            bias, gender biases, gender shades, glass box, grad cam, gradcam, human trust, influence
            function, inside embedding projector, integrated gradient, intriguing properties,
            jailbreak, killer robot, layerwise relevance, look inside, looking inside, machine bias,
            machine learning testing, membership inference, model card, model debugging, model
            explainability, model inspection, model interpretation, model stealing, monosemanticity,
            moral, network dissection, neural network think, neuron activation, ood detection, out
            of distribution, partial dependence, perturbation, post hoc, privacy, privacy
            preserving, probing classifier, racial bias, recidivism, red team, red teaming,
            responsible ai, robustness, robustness evaluation, rule extraction, rule list, safety,
            saliency, saliency map, saliency method, saliency metric, shapley, shapley value, slice
            discovery, social bias, social biases, societal impact, superalignment, superposition,
            surrogate model, surveillance capitalism, t sne, transparency, transparent, trick neural
            network, tricked, trojan, trust, trustworthy, trustworthy ai, tsne, uncertainty
            estimation, uncertainty quantification, understand prediction, unlearning, variable
            importance, visual analytic, visual explanation, visualisation, visualising,
            visualization, visualize, visualizing, visualizing neural, watermark, weapons of math
            destruction, what do neural network learn, what neural network learn, whitebox
        """,
        MEDIUM: """
            attack, bias, bias testing, biases, circuits, defense, explanation, inside,
            intelligible, security, social impact, understanding cnn, understanding convolutional
            network, understanding neural network, unfair
        """,
    },
    Topic.APPLICATIONS: {
        LIKELY: """
            ad click, advertising, aerospace, agriculture, ai for science, air quality, airbnb,
            airline, algorithmic trading, alzheimer, applied deep learning, astronomy, astrophysics,
            autism, autonomous car, autonomous driving, autonomous vehicle, aviation, barcode,
            battery, behavioral cloning, bioinformatics, biology, biomedical, biomedical image,
            biomedicine, bitcoin, bone age, brain computer interface, brain tumor, breast cancer,
            cancer, cancer detection, car, cardiac, cell segmentation, chemistry, chest x ray,
            churn, click through, climate, clinical, cloud cover, collaborative filtering,
            computational biology, computational chemistry, coronavirus, covid, credit card, credit
            risk, credit scoring, crispr, crop, cryptocurrency, ct scan, ctr, ctr prediction,
            customer churn, customer service, customer support, cyber security, cybersecurity,
            delivery robot, demand forecasting, dementia, dental, dermatologist, dermatology,
            diabetes, diabetic retinopathy, diagnosing disease, diagnosis, dicom, disease, dna,
            driverless, driving, drone, drug, drug discovery, e commerce, earth observation,
            earthquake, ecg, education, eeg, electronic health record, endangered, energy
            consumption, epidemic, exoplanet, eye disease, farm, farming, fashion recommendation,
            finance, financial, flood, flying machine, food, forest, forex, fraud, fraud detection,
            galaxy, gene expression, genetic variant, genome, genomic, geospatial, gps,
            gravitational wave, health, health care, healthcare, heart disease, hedge fund,
            helicopter, higgs, hiring, histology, histopathology, hospital, house price, insurance,
            internet of thing, intrusion detection, iot, kidney, law, learning to rank, legal, lego,
            life science, liver, loan, lung, malaria, malware, mammography, manufacturing, maritime,
            materials discovery, materials science, medical, medical image, medical imaging,
            medicine, mental health, microscopy, molecular, molecular design, molecule, molecule
            generation, movie recommendation, mri, music recommendation, music streaming, nasa,
            netflix, neuroimaging, neurosurgery, news recommendation, ocean, oncology,
            openstreetmap, ophthalmology, parking, parkinson, particle physics, pathologist,
            pathology, patient, pinterest, plant disease, pneumonia, portfolio optimization, power
            grid, precision medicine, predictive maintenance, prostate, protein, protein folding,
            protein structure, quality inspection, radiologist, radiology, railway, real estate,
            recommendation, recommendation engine, recommendation system, recommender, recommender
            system, recommending, remote sensing, retail, retinal, robotaxi, sales forecasting,
            satellite, satellite image, satellite imagery, scientific discovery, search engine,
            search ranking, self driving, self driving car, sepsis, single cell, skin cancer, skin
            lesion, smart city, smart grid, smart home, smart reply, smartphone app, social network
            analysis, spotify, steering angle, stock, stock market, stock prediction, stock price,
            stroke, supply chain, surgery, telecom, telescope, titanic, trading, traffic, traffic
            forecasting, traffic light, truck, tumor, tutoring, uav, uber, ultrasound, urban,
            vaccine, vehicle, virus, warehouse, wearable, weather, weather forecasting, weather
            prediction, whale, wildfire, wildlife, wireless communication, x ray, youtube
            recommendation, zebra
        """,
        STRONG: """
            application of deep learning, application of machine learning, applied machine learning
            in, automotive, brain imaging, chemical, commercial, computational advertising,
            construction, crime, economics, election, industrial, market prediction, materials,
            physics informed, quantitative trading, quantum chemistry, sport, sports analytics,
            tourism
        """,
        MEDIUM: """
            bank, banking, customer, doctor, ecology, economy, edge device, energy, enterprise,
            healthcare ai, housing, industry, market, marketing, medical ai, mobile app, physics,
            price, product, quantum, science, scientific, startup, user behavior
        """,
        HINT: "application, autonomous, business, raspberry pi",
    },
}
"""The topic a word speaks for; one that stands under two topics speaks for both."""

PRIOR: dict[Kind, Weights[Topic]] = {
    Kind.PAPER: {Topic.FUNDAMENTALS: 0.6},
    Kind.BOOK: {Topic.GENERAL: 1.2},
    Kind.COURSE: {Topic.GENERAL: 1.2},
    Kind.TUTORIAL: {Topic.GENERAL: 0.6, Topic.FUNDAMENTALS: 0.3},
    Kind.ENCYCLOPEDIA: {Topic.MATHEMATICS: 1.0},
    Kind.DATASET: {Topic.VISION: 0.6},
    Kind.CODE: {Topic.GENERAL: 1.2},
    Kind.TOOL: {Topic.GENERAL: 1.5},
    Kind.VIDEO: {Topic.GENERAL: 1.0},
    Kind.NEWS: {Topic.GENERAL: 0.8, Topic.APPLICATIONS: 0.4},
    Kind.ORGANIZATION: {Topic.GENERAL: 1.8},
}
"""What a kind is mostly about, for titles that do not say."""

SPECIFIC_FIRST: tuple[Topic, ...] = (
    Topic.INTERPRETABILITY,
    Topic.REINFORCEMENT,
    Topic.SPEECH,
    Topic.GENERATIVE,
    Topic.LANGUAGE,
    Topic.APPLICATIONS,
    Topic.SEQUENCES,
    Topic.TRAINING,
    Topic.VISION,
    Topic.MATHEMATICS,
    Topic.FUNDAMENTALS,
    Topic.GENERAL,
)
"""The more specific of two topics with equal weight is the main one."""
