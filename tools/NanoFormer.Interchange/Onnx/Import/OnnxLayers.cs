namespace NanoFormer.Interchange;

/// <summary>The nodes of a file that are whole steps of a network; each is in the file of its operator.</summary>
/// <param name="network">Where their steps go.</param>
internal sealed partial class OnnxLayers(NetworkBuilder network)
{
    /// <summary>BatchNorm as it is when it no longer learns, by the channels of dimension 1.</summary>
    public static (OnnxArray Gains, OnnxArray Offsets) BatchNorm(NodeProto node, OnnxArray[] inputs)
    {
        double[][] parts = [.. inputs.Skip(1).Take(4).Select(input => input.Numbers())];
        if (node.Int("training_mode", 0) != 0 || parts.Any(part => part.Length != inputs[0].Shape[1]))
        {
            throw new Refusal("it is not a BatchNorm that has stopped learning; export model.eval()");
        }

        double epsilon = node.Float("epsilon", 1e-5f);
        double[] gains = [.. parts[0].Zip(parts[3], (gain, variance) => gain / Math.Sqrt(variance + epsilon))];
        double[] offsets = [.. parts[1].Select((bias, c) => bias - parts[2][c] * gains[c])];
        int[] shape = [gains.Length, .. Enumerable.Repeat(1, inputs[0].Layout.Rank - 2)];
        return (OnnxArray.Constant(shape, gains), OnnxArray.Constant(shape, offsets));
    }
}
