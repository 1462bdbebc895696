using NanoFormer.Interchange.Networks;
using Spectre.Console;

namespace NanoFormer.Cli.Reports;

/// <summary>The steps of a float network.</summary>
internal static class NetworkTable
{
    public static void Draw(FloatNetwork network)
    {
        var table = new Table().AddColumns("step", "kind", "input", "output", "weights");
        foreach (var (index, step) in network.Steps.Index())
        {
            table.AddRow($"{index}", step.GetType().Name["Float".Length..], Shape(step.Input), Shape(step.Output), $"{Weights(step)}");
        }

        AnsiConsole.Write(table);
    }

    private static string Shape(FloatValue value) => $"{value.Rows} x {value.Columns}";

    private static int Weights(FloatStep step) => step switch
    {
        FloatLinear linear => linear.Weights.Values.Length + linear.Biases.Values.Length,
        FloatConvolution convolution => convolution.Weights.Values.Length + convolution.Biases.Values.Length,
        FloatAttention attention => attention.Weights.Values.Length + attention.Biases.Values.Length,
        FloatAttentionPool pool => pool.Weights.Values.Length + pool.Biases.Values.Length,
        FloatLayerNorm norm => norm.Gains.Length + norm.Biases.Length,
        FloatScale scale => scale.Gains.Length + scale.Offsets.Length,
        FloatAddConstant add => add.Constant.Values.Length,
        _ => 0,
    };
}
