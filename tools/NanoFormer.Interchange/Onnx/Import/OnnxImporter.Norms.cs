using NanoFormer.Interchange.Networks;

namespace NanoFormer.Interchange.Onnx.Import;

/// <content>Normalizations.</content>
public sealed partial class OnnxImporter
{
    private OnnxArray BatchNorm(OnnxNode node, OnnxArray[] inputs)
    {
        double epsilon = node.Float("epsilon", 1e-5f);
        double[][] parts = [.. inputs.Skip(1).Take(4).Select(input => input.Numbers())];
        double[] gains = [.. parts[0].Zip(parts[3], (gain, variance) => gain / Math.Sqrt(variance + epsilon))];
        double[] offsets = [.. parts[1].Select((bias, c) => bias - parts[2][c] * gains[c])];
        int[] shape = [gains.Length, .. Enumerable.Repeat(1, inputs[0].Layout.Rank - 2)];
        OnnxArray scaled = WithConstant(node with { Operator = "Mul" }, inputs[0], OnnxArray.Constant(shape, gains),
            isConstantFirst: false);
        return WithConstant(node with { Operator = "Add" }, scaled, OnnxArray.Constant(shape, offsets), isConstantFirst: false);
    }

    private OnnxArray LayerNorm(OnnxNode node, OnnxArray[] inputs)
    {
        if (inputs[0].Layout.Axis(node.Int("axis", -1)) != inputs[0].Layout.Rank - 1)
        {
            throw NotSupported("it normalizes over several dimensions; use LayerNorm over the channels alone");
        }

        float[] biases = inputs.Length > 2 ? Floats(inputs[2].Numbers()) : new float[inputs[0].Shape[^1]];
        return LayerNorm(inputs[0], Floats(inputs[1].Numbers()), biases, node.Float("epsilon", 1e-5f));
    }

    private OnnxArray LayerNorm(OnnxArray x, float[] gains, float[] biases, float epsilon)
    {
        FloatValue rows = WholeRows(Matrix(ref x), x.Layout);
        var step = new FloatLayerNorm(rows, new FloatValue(rows.Rows, rows.Columns), gains, biases, epsilon);
        return OnnxArray.Of(Write(step), ArrayLayout.Plain(x.Shape));
    }

    /// <summary>
    /// A layer normalization in single steps, at its last one: x less its mean, over the root of the mean of its square and epsilon. Null
    /// for
    /// the steps before.
    /// </summary>
    private OnnxArray? Normalization(OnnxNode node)
    {
        if (node.Operator != "Div" || Maker(node, 0, "Sub") is not { } centred || Maker(node, 1, "Sqrt") is not { } root
            || Maker(root, 0, "Add") is not { } sum)
        {
            return null;
        }

        int constant = Find(sum.Inputs[0]).IsConstant ? 0 : 1;
        bool isVariance = Maker(sum, 1 - constant, "ReduceMean") is { } variance && IsSquareOf(centred, variance.Inputs[0]);
        if (!isVariance || Maker(centred, 1, "ReduceMean")?.Inputs[0] != centred.Inputs[0])
        {
            return null;
        }

        OnnxArray x = Find(centred.Inputs[0]);
        float[] ones = new float[x.Shape[^1]];
        Array.Fill(ones, 1);
        return LayerNorm(x, ones, new float[ones.Length], (float)Find(sum.Inputs[constant]).Numbers()[0]);
    }

    /// <summary>Whether a tensor is the square of what a node, or another just like it, makes.</summary>
    private bool IsSquareOf(OnnxNode centred, string name)
    {
        OnnxNode? square = _producers.GetValueOrDefault(name);
        if (square is null || Maker(square, 0, "Sub")?.Inputs.SequenceEqual(centred.Inputs) != true)
        {
            return false;
        }

        return square.Operator switch
        {
            "Mul" => square.Inputs[0] == square.Inputs[1],
            "Pow" => Find(square.Inputs[1]) is { IsConstant: true } power && power.Numbers()[0] == 2,
            _ => false,
        };
    }

    private OnnxNode? Maker(OnnxNode node, int input, string kind) =>
        _producers.GetValueOrDefault(node.Inputs[input]) is { } maker && maker.Operator == kind ? maker : null;
}
