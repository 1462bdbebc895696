using System.Numerics.Tensors;
using NanoFormer.Data;
using NanoFormer.Data.Faults;
using static TorchSharp.torch;

namespace NanoFormer.Training.Phases;

/// <summary>Puts faults into half of the windows of every batch.</summary>
/// <param name="options">What is injected.</param>
/// <param name="windows">Windows of the kind that come.</param>
internal sealed class FaultAugmentation(FaultOptions options, WindowSet windows)
{
    private readonly FaultInjector _injector = new(options, windows.Channels.Count, windows.RateHz);

    /// <summary>Windows <c>[B, T, C]</c> in physical units, and which of them now have a fault, <c>[B]</c>.</summary>
    public (Tensor Windows, Tensor Faulty) Apply(Tensor physical)
    {
        var random = new Random((int)randint(0, int.MaxValue, [1]).item<long>());
        float[] values = StraightThrough.Values(physical);
        int size = values.Length / (int)physical.shape[0];
        float[] faulty = new float[physical.shape[0]];
        double[] window = new double[size];
        for (int i = 0; i < faulty.Length / 2; i++)
        {
            TensorPrimitives.ConvertChecked<float, double>(values.AsSpan(i * size, size), window);
            _injector.Inject(window, _injector.Draw(random), random);
            TensorPrimitives.ConvertChecked<double, float>(window, values.AsSpan(i * size, size));
            faulty[i] = 1;
        }

        return (tensor(values, physical.shape), tensor(faulty));
    }
}
