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
}
