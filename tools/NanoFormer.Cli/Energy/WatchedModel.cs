using System.Diagnostics;
using NanoFormer.Emulator;
using NanoFormer.Mlperf;

namespace NanoFormer.Cli.Energy;

/// <summary>A model on this machine whose inferences somebody watches.</summary>
internal sealed class WatchedModel(IBenchmarkModel model, IDeviceWatcher watcher) : IBenchmarkModel
{
    /// <inheritdoc/>
    public string Id => model.Id;

    /// <inheritdoc/>
    public int InputBytes => model.InputBytes;

    /// <inheritdoc/>
    public int ResultCount => model.ResultCount;

    /// <inheritdoc/>
    public void Run(byte[] input, sbyte[] results)
    {
        var time = Stopwatch.StartNew();
        model.Run(input, results);
        watcher.Ran(time.Elapsed.TotalSeconds);
    }
}
