using NanoFormer.Training.Configuration;
using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>
/// What a network is made of. The network is written once, over these; what it becomes - a float forward pass, one that computes as the
/// device does, an integer graph, a file for other tools - is a matter of who carries them out.
/// </summary>
/// <typeparam name="T">What flows between operators: rows (samples or tokens) of columns.</typeparam>
internal interface IOperators<T>
{
    /// <summary>The scaled samples of one stream: <c>[samples / step][channels]</c>.</summary>
    T Input(StreamOptions stream);

    /// <summary>What a score compares the network with: the stream's input, in training that input without disturbance.</summary>
    T Target(StreamOptions stream, T input) => input;

    /// <summary>A convolution or linear layer with the non-linearity that is part of it.</summary>
    T Affine(T input, AffineLayer layer, string name);

    /// <summary>Self-attention of all heads side by side, without the output projection.</summary>
    T Attention(T input, AttentionLayer layer, string name);

    /// <summary>LayerNorm of every row.</summary>
    T LayerNorm(T input, LayerNormLayer layer, string name);

    /// <summary>A non-linearity by a table.</summary>
    T Function(T input, ActivationKind function, string name);

    /// <summary>What a block adds to the tokens.</summary>
    T Add(T tokens, T branch, string name);

    /// <summary>Learned positions <c>[tokens][columns]</c> added to the tokens.</summary>
    T AddPositions(T tokens, Tensor positions, string name);

    /// <summary>The rows of one input behind those of another.</summary>
    T JoinRows(T first, T second, string name);

    /// <summary>The columns of one output beside those of another, both of which end as probabilities do (scale 1/256 from 0 on).</summary>
    T JoinOutputs(T first, T second);

    /// <summary>The mean over the rows.</summary>
    T Mean(T input, string name);

    /// <summary>The last row.</summary>
    T Last(T input);

    /// <summary>The mean over the rows weighted by a softmax of learned scores.</summary>
    T AttentionPool(T input, AffineLayer scores, string name);

    /// <summary>Logits to probabilities.</summary>
    T Softmax(T logits);

    /// <summary>The samples of every patch as one row, times a gain: <c>[samples / patch][patch * channels]</c>.</summary>
    T Patches(T input, int patchSamples, double gain, string name);

    /// <summary>The mean difference of what the tokens tell and what came, as an output of one column.</summary>
    T Distance(T reconstruction, T actual, ScoreOptions options);
}
