using NanoFormer.Model;

namespace NanoFormer.Interchange.Tflite;

/// <content>
/// Attention: three linear layers, two BATCH_MATMULs over the heads, and a SOFTMAX. The two products need multipliers that no float scale
/// gives by itself; so the operators around them that only move bytes name scales that differ a little: by less than 1 in 512.
/// </content>
public sealed partial class TfliteExporter
{
    private int Attend(Attention step)
    {
        if (Math.Min(step.Reach.Before, step.Reach.After) < step.Input.Rows - 1)
        {
            throw NotExpressible(step, "builtin operators have no softmax over a part of a row; only full attention can be written");
        }

        var output = OutputOf(step);
        ProjectionScales[] parts = [.. Enumerable.Range(0, 3).Select(part => ScalesOf(step, part))];
        double realProduct = step.ScoreMultiplier.ToReal() * step.Exponentials.Scale.ToReal() * Math.Sqrt(step.HeadColumns);
        (parts[0], parts[1]) = ProjectionScales.ToProduct(parts[0], parts[1], realProduct);
        parts[2] = parts[2].Near(step.ContextMultiplier.ToReal() * output.Scale / Quantization.Probability.Scale);
        float probability = (float)Quantization.Probability.Scale;
        (float queryScale, float productScale) = Found(ScaleSearch.Product(parts[0].Output, parts[1].Output, step.ScoreMultiplier), step);
        (float scoreScale, float beta) = Found(ScaleSearch.Exponents(productScale, step.Exponentials.Scale), step);
        (float valueScale, float contextScale) = Found(ScaleSearch.Product(parts[2].Output, probability, step.ContextMultiplier), step);

        int queries = Project(step, 0, step.QueryZeroPoint, parts[0]);
        int keys = Project(step, 1, step.KeyZeroPoint, parts[1]);
        int values = Project(step, 2, step.ValueZeroPoint, parts[2]);
        int q = ToHeads(step, queries, queryScale);
        int k = ToHeads(step, keys, parts[1].Output);
        int v = ToHeads(step, values, valueScale);
        int[] square = [1, step.Heads, step.Input.Rows, step.Input.Rows];
        int product = _network.Run(TfliteKind.BatchMatMul, [q, k], new BatchMatMulOptions(IsSecondTransposed: true), square,
            new TfliteQuantization(productScale, step.ScoreZeroPoint));
        int scores = _network.Reshape(product, square, new TfliteQuantization(scoreScale, step.ScoreZeroPoint));
        int weights = Probabilities(scores, beta);
        int context = _network.Run(TfliteKind.BatchMatMul, [weights, v], new BatchMatMulOptions(IsSecondTransposed: false),
            _network[v].Shape, new TfliteQuantization(contextScale, step.Output.ZeroPoint));
        return _network.Reshape(_network.ExchangeMiddle(context, output), ShapeOf(step.Output));
    }

    /// <summary>The scale of queries, keys or values is not in an image; it is one of those of which the multipliers can come.</summary>
    private ProjectionScales ScalesOf(Attention step, int part)
    {
        int outputs = step.Heads * step.HeadColumns;
        var multipliers = Multipliers(step.ChannelConstants)[(part * outputs)..((part + 1) * outputs)];
        return Found(ScaleSearch.Projection(_network.ScaleOf(_indices[step.Input]), multipliers), step);
    }

    /// <summary>Queries, keys or values of all heads.</summary>
    private int Project(Attention step, int part, int zeroPoint, ProjectionScales scales)
    {
        int outputs = step.Heads * step.HeadColumns;
        var weights = step.Weights.Int8Values.Slice(part * outputs * step.Input.Columns, outputs * step.Input.Columns);
        return OnRows(step, _indices[step.Input], weights, step.ChannelConstants, part * outputs, scales.Weights,
            new TfliteQuantization(scales.Output, zeroPoint));
    }

    private int ToHeads(Attention step, int projected, float scale)
    {
        int zeroPoint = _network[projected].Quantization!.ZeroPoint;
        int parted = _network.Reshape(projected, [1, step.Input.Rows, step.Heads, step.HeadColumns]);
        return _network.ExchangeMiddle(parted, new TfliteQuantization(scale, zeroPoint));
    }

    private int Pool(AttentionPool step)
    {
        var output = OutputOf(step);
        int input = _indices[step.Input];
        float inputScale = _network.ScaleOf(input);
        var multiplier = Multipliers(step.ChannelConstants)[0];
        (float weight, float scoreScale, float beta) = Found(
            ScaleSearch.Pool(inputScale, multiplier, step.Exponentials.Scale), step);
        float probability = (float)Quantization.Probability.Scale;
        (float valueScale, float contextScale) = Found(ScaleSearch.Product(inputScale, probability, step.ContextMultiplier), step);

        int scores = OnRows(step, input, step.Weights.Int8Values, step.ChannelConstants, 0, [weight],
            new TfliteQuantization(scoreScale, step.ScoreZeroPoint));
        int weights = Probabilities(_network.Reshape(scores, [1, 1, 1, step.Input.Rows]), beta);
        int values = _network.Reshape(input, ShapeOf(step.Input), new TfliteQuantization(valueScale, step.Input.ZeroPoint));
        int[] shape = ShapeOf(step.Output);
        int context = _network.Run(TfliteKind.BatchMatMul, [weights, values], new BatchMatMulOptions(IsSecondTransposed: false), shape,
            new TfliteQuantization(contextScale, step.Output.ZeroPoint));
        return _network.Reshape(context, shape, output);
    }

    private int Normalize(Softmax step)
    {
        int input = _indices[step.Input];
        return Probabilities(input, Found(ScaleSearch.Beta(_network.ScaleOf(input), step.Exponentials.Scale), step));
    }

    private int Probabilities(int input, float beta)
    {
        var output = new TfliteQuantization((float)Quantization.Probability.Scale, Quantization.Probability.ZeroPoint);
        return _network.Run(TfliteKind.Softmax, [input], new SoftmaxOptions(beta), _network[input].Shape, output);
    }
}
