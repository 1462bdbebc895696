using NanoFormer.Training.Quantizing;
using static TorchSharp.torch;

namespace NanoFormer.Training.Encoder;

/// <summary>
/// An encoder block as the device runs it: no norms, and every activation given to a rounding. <c>[B, S, D]</c> to the same.
/// </summary>
internal sealed class FoldedBlock : nn.Module
{
    private readonly AffineLayer queriesKeysValues;
    private readonly AffineLayer projection;
    private readonly AffineLayer expand;
    private readonly AffineLayer contract;

    public FoldedBlock(int heads, AffineLayer queriesKeysValues, AffineLayer projection, AffineLayer expand, AffineLayer contract)
        : base(nameof(FoldedBlock))
    {
        Heads = heads;
        this.queriesKeysValues = queriesKeysValues;
        this.projection = projection;
        this.expand = expand;
        this.contract = contract;
        RegisterComponents();
    }

    public int Heads { get; }

    /// <summary>Rows are queries, keys and values of every head: <c>[3 * H * P, D]</c>.</summary>
    public AffineLayer QueriesKeysValues => queriesKeysValues;

    public AffineLayer Projection => projection;

    public AffineLayer Expand => expand;

    public AffineLayer Contract => contract;

    public Tensor Forward(Tensor input, string inputName, BlockActivationNames names, IActivationRounding rounding)
    {
        var context = Attend(input, inputName, names, rounding);
        var projected = rounding.Apply(names.Projected, Linear(projection, context, names.Context, rounding));
        var attended = rounding.Apply(names.Attended, input + projected);
        var hidden = rounding.Apply(names.Hidden, Linear(expand, attended, names.Attended, rounding).relu());
        var contracted = rounding.Apply(names.Contracted, Linear(contract, hidden, names.Hidden, rounding));
        return rounding.Apply(names.Output, attended + contracted);
    }

    private Tensor Attend(Tensor input, string inputName, BlockActivationNames names, IActivationRounding rounding)
    {
        var (queries, keys, values) = Attention.Split(Linear(queriesKeysValues, input, inputName, rounding), Heads);
        queries = rounding.Apply(names.Queries, queries);
        keys = rounding.Apply(names.Keys, keys);
        values = rounding.Apply(names.Values, values);
        var scores = rounding.Apply(names.Scores, Attention.Scores(queries, keys));
        var weights = rounding.Apply(names.Weights, scores.softmax(-1));
        return rounding.Apply(names.Context, Attention.Context(weights, values));
    }

    private static Tensor Linear(AffineLayer layer, Tensor input, string inputName, IActivationRounding rounding)
    {
        var (weight, bias) = layer.Rounded(rounding.Scale(inputName));
        return nn.functional.linear(input, weight, bias);
    }
}
