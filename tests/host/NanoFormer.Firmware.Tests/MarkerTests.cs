using NanoFormer.Firmware.Tests.Fakes;
using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests;

/// <summary>The marker is one for all transformers, so no other test may run meanwhile.</summary>
[Collection(nameof(MarkerTests))]
[CollectionDefinition(nameof(MarkerTests), DisableParallelization = true)]
public class MarkerTests
{
    [Fact]
    public void The_marker_is_high_during_an_inference_and_only_then()
    {
        var engine = new ScriptedEngine();
        using var transformer = new Transformer(engine);
        var (window, output) = (new short[8], new sbyte[3]);
        var levels = new List<bool>();
        using (new Marker(levels.Add))
        {
            engine.OnRun = () => Assert.True(levels[^1]);
            transformer.Run(window, output);
            Assert.Equal([false, true, false], levels);
            engine.OnRun = () => throw new TransformerException(EngineStatus.WrongShape);
            Assert.Throws<TransformerException>(() => transformer.Run(window, output));
            Assert.False(levels[^1]);
        }

        int count = levels.Count;
        engine.OnRun = () => { };
        transformer.Run(window, output);
        Assert.Equal(count, levels.Count);
    }
}
