using NanoFormer.Training.Configuration;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace NanoFormer.Training.Encoder;

/// <summary>A pre-norm encoder block: attention and feed-forward, each behind a BatchNorm and added to the residual stream.</summary>
internal sealed class FloatBlock : nn.Module<Tensor, Tensor>
{
    private readonly int _heads;
    private readonly TokenNorm attentionNorm;
    private readonly Linear queriesKeysValues;
    private readonly Linear projection;
    private readonly TokenNorm feedForwardNorm;
    private readonly Linear expand;
    private readonly Linear contract;
    private readonly Dropout dropout;

    public FloatBlock(ArchitectureOptions options, double dropRate)
        : base(nameof(FloatBlock))
    {
        var inner = options.Heads * options.HeadColumns;
        _heads = options.Heads;
        attentionNorm = new TokenNorm(options.Width);
        queriesKeysValues = nn.Linear(options.Width, 3 * inner);
        projection = nn.Linear(inner, options.Width);
        feedForwardNorm = new TokenNorm(options.Width);
        expand = nn.Linear(options.Width, options.FeedForward);
        contract = nn.Linear(options.FeedForward, options.Width);
        dropout = nn.Dropout(dropRate);
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        var (queries, keys, values) = Attention.Split(queriesKeysValues.forward(attentionNorm.forward(input)), _heads);
        var weights = Attention.Scores(queries, keys).softmax(-1);
        var attended = input + dropout.forward(projection.forward(Attention.Context(weights, values)));
        var hidden = expand.forward(feedForwardNorm.forward(attended)).relu();
        return attended + dropout.forward(contract.forward(hidden));
    }

    /// <summary>The same block with its BatchNorms folded into the linear layers behind them.</summary>
    public FoldedBlock Fold() => new(
        _heads,
        AffineLayer.FoldNormBefore(attentionNorm.Norm, queriesKeysValues),
        AffineLayer.From(projection),
        AffineLayer.FoldNormBefore(feedForwardNorm.Norm, expand),
        AffineLayer.From(contract));
}
