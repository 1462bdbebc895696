using static TorchSharp.torch;

namespace NanoFormer.Training.Network;

/// <summary>The projections of an attention: rows are queries, keys and values of every head, <c>[3 * H * P, D]</c>.</summary>
internal sealed class AttentionLayer : nn.Module
{
    private readonly AffineLayer projections;

    public AttentionLayer(int heads, AttentionOptions options, AffineLayer projections)
        : base(nameof(AttentionLayer))
    {
        Heads = heads;
        Options = options;
        this.projections = projections;
        RegisterComponents();
    }

    public int Heads { get; }

    public AttentionOptions Options { get; }

    public AffineLayer Projections => projections;

    public int HeadColumns => projections.Outputs / (3 * Heads);
}
