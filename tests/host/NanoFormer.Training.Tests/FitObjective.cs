using NanoFormer.Interchange;
using NanoFormer.Model;
using NanoFormer.Training.Personal;

namespace NanoFormer.Training.Tests;

/// <summary>
/// What fitting a last layer of two classes makes small, in plain arithmetic: the smoothed cross-entropy of the wearer's windows, a tenth of
/// that of the others', and a thousandth of the squared change for inputs of mean 0 and deviation 1.
/// </summary>
internal sealed class FitObjective
{
    private readonly int _columns;
    private readonly double[] _old;
    private readonly double[] _means;
    private readonly double[] _deviations;
    private readonly (double[] Inputs, int Label, double Weight)[] _windows;

    public FitObjective(Graph graph, LayerInputs own, LayerInputs others)
    {
        var input = (ActivationTensor)graph.ClassLayer!.Input;
        _columns = input.Columns;
        _old = Layer(graph);
        _windows = [.. Windows(own, 1), .. Windows(others, 0.1)];
        _means = [.. Enumerable.Range(0, _columns).Select(k => _windows.Average(window => window.Inputs[k]))];
        _deviations = [.. Enumerable.Range(0, _columns).Select(k =>
            Math.Max(1e-6, Math.Sqrt(_windows.Sum(window => Math.Pow(window.Inputs[k] - _means[k], 2)) / (_windows.Length - 1))))];

        IEnumerable<(double[], int, double)> Windows(LayerInputs inputs, double weight) => inputs.Values.Zip(inputs.Labels, (values, label) =>
            (values.Select(value => (value - input.ZeroPoint) * (double)input.Scale.ToReal()).ToArray(), label, weight / inputs.Labels.Length));
    }

    /// <summary>Of a model's last layer.</summary>
    public double Of(Graph graph)
    {
        double[] layer = Layer(graph);
        double[] change = new double[_old.Length];
        for (int c = 0; c < 2; c++)
        {
            change[(2 * _columns) + c] = layer[(2 * _columns) + c] - _old[(2 * _columns) + c];
            for (int k = 0; k < _columns; k++)
            {
                double moved = layer[(c * _columns) + k] - _old[(c * _columns) + k];
                change[(c * _columns) + k] = moved * _deviations[k];
                change[(2 * _columns) + c] += moved * _means[k];
            }
        }

        return Value(change, new double[change.Length]);
    }

    /// <summary>The least there is, by gradient descent.</summary>
    public double Least()
    {
        double[] change = new double[_old.Length];
        double[] gradient = new double[_old.Length];
        for (int step = 0; step < 5000; step++)
        {
            Value(change, gradient);
            for (int i = 0; i < change.Length; i++)
            {
                change[i] -= 0.3 * gradient[i];
            }
        }

        return Value(change, gradient);
    }

    /// <summary>Weights [2][columns], then biases [2].</summary>
    private static double[] Layer(Graph graph)
    {
        var linear = Dequantizer.Run(graph).Steps.OfType<FloatLinear>().Last();
        return [.. linear.Weights.Values.Concat(linear.Biases.Values).Select(value => (double)value)];
    }

    /// <param name="change">Of the layer for inputs of mean 0 and deviation 1.</param>
    /// <param name="gradient">Receives the derivatives.</param>
    private double Value(double[] change, double[] gradient)
    {
        double sum = 0;
        for (int i = 0; i < change.Length; i++)
        {
            sum += 0.001 * change[i] * change[i];
            gradient[i] = 0.002 * change[i];
        }

        double[] logits = new double[2];
        foreach (var (inputs, label, weight) in _windows)
        {
            for (int c = 0; c < 2; c++)
            {
                logits[c] = _old[(2 * _columns) + c] + change[(2 * _columns) + c];
                for (int k = 0; k < _columns; k++)
                {
                    logits[c] += (_old[(c * _columns) + k] * inputs[k]) + (change[(c * _columns) + k] * (inputs[k] - _means[k]) / _deviations[k]);
                }
            }

            double log = Math.Max(logits[0], logits[1]) + Math.Log(1 + Math.Exp(-Math.Abs(logits[0] - logits[1])));
            for (int c = 0; c < 2; c++)
            {
                double asked = c == label ? 0.95 : 0.05;
                sum += weight * asked * (log - logits[c]);
                double slope = weight * (Math.Exp(logits[c] - log) - asked);
                gradient[(2 * _columns) + c] += slope;
                for (int k = 0; k < _columns; k++)
                {
                    gradient[(c * _columns) + k] += slope * (inputs[k] - _means[k]) / _deviations[k];
                }
            }
        }

        return sum;
    }
}
