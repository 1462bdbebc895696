namespace NanoFormer.Corpus;

/// <summary>What a record of a corpus file holds (README.md).</summary>
internal enum CorpusKind
{
    /// <summary>A model image with windows and expected outputs.</summary>
    Graph = 1,

    /// <summary>One fully connected layer.</summary>
    Linear = 2,

    /// <summary>One convolution.</summary>
    Conv1d = 3,

    /// <summary>One matrix product.</summary>
    MatrixMultiply = 4,

    /// <summary>One softmax.</summary>
    Softmax = 5,

    /// <summary>One element-wise sum.</summary>
    Add = 6,

    /// <summary>One convolution of every channel by itself.</summary>
    DepthwiseConv1d = 7,

    /// <summary>Raw samples to int8.</summary>
    Quantize = 8,

    /// <summary>One head of an attention, behind its projections.</summary>
    Attention = 9,

    /// <summary>One head of a linear attention, behind its projections.</summary>
    LinearAttention = 10,

    /// <summary>One mean over rows.</summary>
    Mean = 11,

    /// <summary>One table of a function.</summary>
    Lookup = 12,

    /// <summary>One layer normalization.</summary>
    LayerNorm = 13,

    /// <summary>One weighted mean over rows.</summary>
    WeightedMean = 14,

    /// <summary>One change of scale.</summary>
    Rescale = 15,

    /// <summary>One distance of two tensors.</summary>
    Distance = 16,

    /// <summary>A model image with a stream of samples and the outputs expected after every step.</summary>
    Stream = 32,

    /// <summary>A model image.</summary>
    Image = 33,

    /// <summary>Changes of the image before, and the status that a reader must answer with.</summary>
    Damage = 34,
}
