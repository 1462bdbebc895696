using NanoFormer.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace NanoFormer.Interchange.Tests.Trainer;

/// <summary>
/// Base of tests that use tensors: readies libtorch, or skips without it; they run one after another, as torch's seed is global.
/// </summary>
[Collection("torch")]
public abstract class TorchTests : IDisposable
{
    private readonly DisposeScope _scope;

    protected TorchTests()
    {
        try
        {
            TorchRuntime.Load();
            manual_seed(1);
            set_num_threads(1);
            _scope = NewDisposeScope();
        }
        catch (Exception fault) when (fault is DllNotFoundException or NotSupportedException or TypeInitializationException)
        {
            Assert.Skip("libtorch is not installed for this platform.");
            throw;
        }
    }

    public void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }

    internal static float[] Values(Tensor tensor) => tensor.detach().contiguous().data<float>().ToArray();

    internal static void RequireNear(float[] expected, float[] actual, float tolerance = 1e-4f)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(actual.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, tolerance));
        Assert.True(expected.Max() - expected.Min() > 0.01);
    }
}
