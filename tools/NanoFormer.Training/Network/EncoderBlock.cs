using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>A pre-norm encoder block: attention and feed-forward part, each behind a norm and added to the tokens.</summary>
internal sealed class EncoderBlock : nn.Module
{
    private readonly LayerNormLayer? attentionNorm;
    private readonly AttentionLayer attention;
    private readonly AffineLayer projection;
    private readonly LayerNormLayer? feedForwardNorm;
    private readonly AffineLayer expand;
    private readonly AffineLayer contract;
    private readonly ActivationKind _activation;

    private EncoderBlock(ActivationKind activation, LayerNormLayer? attentionNorm, AttentionLayer attention, AffineLayer projection,
        LayerNormLayer? feedForwardNorm, AffineLayer expand, AffineLayer contract)
        : base(nameof(EncoderBlock))
    {
        _activation = activation;
        this.attentionNorm = attentionNorm;
        this.attention = attention;
        this.projection = projection;
        this.feedForwardNorm = feedForwardNorm;
        this.expand = expand;
        this.contract = contract;
        RegisterComponents();
    }

    public AttentionLayer Attention => attention;

    public AffineLayer Projection => projection;

    public AffineLayer Expand => expand;

    public AffineLayer Contract => contract;

    public BlockOptions Sizes => new()
    {
        Heads = attention.Heads,
        HeadColumns = attention.HeadColumns,
        FeedForward = expand.Outputs,
    };

    public static EncoderBlock Create(ArchitectureOptions options, BlockOptions sizes)
    {
        var (width, inner) = (options.Width, sizes.Heads * sizes.HeadColumns);
        bool batch = options.Norm == NormKind.Batch;
        return new EncoderBlock(
            options.Activation,
            batch ? null : new LayerNormLayer(width),
            new AttentionLayer(sizes.Heads, options.Attention, AffineLayer.Linear(width, 3 * inner, batch)),
            AffineLayer.Linear(inner, width, normBefore: false),
            batch ? null : new LayerNormLayer(width),
            AffineLayer.Linear(width, sizes.FeedForward, batch, options.Activation.Fused()),
            AffineLayer.Linear(sizes.FeedForward, width, normBefore: false));
    }

    public EncoderBlock Folded() => new(
        _activation,
        attentionNorm?.Copy(),
        new AttentionLayer(attention.Heads, attention.Options, attention.Projections.Folded()),
        projection.Folded(),
        feedForwardNorm?.Copy(),
        expand.Folded(),
        contract.Folded());

    /// <summary>The same block with some heads and feed-forward columns alone, both in ascending order.</summary>
    public EncoderBlock Keeping(int[] heads, int[] columns)
    {
        int size = attention.HeadColumns;
        long[] inner = [.. heads.SelectMany(head => Enumerable.Range(head * size, size)).Select(i => (long)i)];
        long[] rows = [.. Enumerable.Range(0, 3).SelectMany(part => inner.Select(i => part * (long)attention.Heads * size + i))];
        long[] hidden = [.. columns.Select(i => (long)i)];
        return new EncoderBlock(
            _activation,
            attentionNorm,
            new AttentionLayer(heads.Length, attention.Options, attention.Projections.Keeping(rows, inputs: null)),
            projection.Keeping(outputs: null, inner),
            feedForwardNorm,
            expand.Keeping(hidden, inputs: null),
            contract.Keeping(outputs: null, hidden));
    }

    public T Run<T>(IOperators<T> operators, T tokens, string name)
    {
        var normed = Norm(operators, tokens, attentionNorm, name + ".attentionNorm");
        var context = operators.Attention(normed, attention, name);
        var attended = operators.Add(tokens, operators.Affine(context, projection, name + ".projected"), name + ".attended");
        normed = Norm(operators, attended, feedForwardNorm, name + ".feedForwardNorm");
        var hidden = operators.AffineWithActivation(normed, expand, _activation, name + ".hidden");
        return operators.Add(attended, operators.Affine(hidden, contract, name + ".contracted"), name + ".output");
    }

    private static T Norm<T>(IOperators<T> operators, T tokens, LayerNormLayer? norm, string name) =>
        norm is null ? tokens : operators.LayerNorm(tokens, norm, name);
}
