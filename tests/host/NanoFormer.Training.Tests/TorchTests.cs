using TorchSharp;

namespace NanoFormer.Training.Tests;

/// <summary>
/// Base of tests that use tensors: readies libtorch, or skips without it; tests run one after another, as torch's seed is global.
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
            torch.manual_seed(1);
            torch.set_num_threads(1);
            _scope = torch.NewDisposeScope();
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
}
