using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests;

/// <summary>What a transformer refuses and counts, as the firmware's native methods do (tests/native/nanoframework).</summary>
public sealed class TransformerTests : IDisposable
{
    private readonly ScriptedEngine _engine = new();
    private readonly Transformer _transformer;
    private readonly short[] _window = new short[8];
    private readonly sbyte[] _output = new sbyte[3];

    public TransformerTests()
    {
        _transformer = new Transformer(_engine);
    }

    public void Dispose() => _transformer.Dispose();

    [Fact]
    public void Arrays_that_are_missing_or_of_the_wrong_length_are_refused()
    {
        Assert.Throws<ArgumentNullException>(() => _transformer.Run((short[])null!, _output));
        Assert.Throws<ArgumentNullException>(() => _transformer.Run(_window, null!));
        Assert.Throws<ArgumentNullException>(() => _transformer.Begin((short[])null!));
        Assert.Throws<ArgumentException>(() => _transformer.Run(new short[7], _output));
        Assert.Throws<ArgumentException>(() => _transformer.Run(_window, new sbyte[4]));
        Assert.Throws<ArgumentException>(() => _transformer.Run(new sbyte[8], _output));
        Assert.Throws<ArgumentException>(() => _transformer.Begin(new short[9]));
        Assert.Equal(0, _engine.Calls);
        Assert.Equal(4, _transformer.GetStatistics().Errors);
    }

    [Fact]
    public void A_run_in_slices_counts_once_and_must_be_begun()
    {
        Assert.Throws<InvalidOperationException>(() => _transformer.Continue(1, _output));
        _transformer.Begin(_window);
        Assert.Throws<ArgumentOutOfRangeException>(() => _transformer.Continue(0, _output));
        Assert.Throws<ArgumentNullException>(() => _transformer.Continue(1, null!));
        Assert.Equal(2, _transformer.Continue(1, _output));
        Assert.Equal(0, _transformer.GetStatistics().Runs);
        Assert.Equal(0, _transformer.Continue(2, _output));
        Assert.Equal(1, _transformer.GetStatistics().Runs);
        Assert.Throws<InvalidOperationException>(() => _transformer.Continue(1, _output));
    }

    [Fact]
    public void A_stream_takes_whole_samples_within_the_array()
    {
        Assert.Throws<InvalidOperationException>(() => _transformer.Step(_window, 0, ScriptedEngine.Channels, _output));
        _transformer.BeginStream();
        Assert.Throws<ArgumentNullException>(() => _transformer.Step((short[])null!, 0, 0, _output));
        Assert.Throws<ArgumentOutOfRangeException>(() => _transformer.Step(_window, -1, 2, _output));
        Assert.Throws<ArgumentOutOfRangeException>(() => _transformer.Step(_window, 0, -2, _output));
        Assert.Throws<ArgumentOutOfRangeException>(() => _transformer.Step(_window, 8, 2, _output));
        Assert.Throws<ArgumentOutOfRangeException>(() => _transformer.Step(_window, 9, 0, _output));
        Assert.Throws<ArgumentException>(() => _transformer.Step(_window, 0, 3, _output));
        Assert.Equal(3, _transformer.Step(_window, 2, 6, _output));
        Assert.Equal(3, _transformer.GetStatistics().Steps);
        _transformer.Run(_window, _output);
        Assert.Throws<InvalidOperationException>(() => _transformer.Step(_window, 0, ScriptedEngine.Channels, _output));
    }

    [Fact]
    public void A_disposed_transformer_does_nothing()
    {
        _transformer.Dispose();
        Assert.Throws<ObjectDisposedException>(() => _transformer.Run(_window, _output));
        Assert.Throws<ObjectDisposedException>(() => _transformer.Begin(_window));
        Assert.Throws<ObjectDisposedException>(() => _transformer.Continue(1, _output));
        Assert.Throws<ObjectDisposedException>(() => _transformer.BeginStream());
        Assert.Throws<ObjectDisposedException>(() => _transformer.Step(_window, 0, 2, _output));
        Assert.Throws<ObjectDisposedException>(() => _transformer.SelfTest());
        Assert.Throws<ObjectDisposedException>(() => _transformer.GetStatistics());
        Assert.Equal(0, _engine.Calls);
    }
}
