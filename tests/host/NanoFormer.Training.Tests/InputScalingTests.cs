using NanoFormer.Training.Configuration;
using NanoFormer.Training.Network;
using static TorchSharp.torch;

namespace NanoFormer.Training.Tests;

public sealed class InputScalingTests : TorchTests
{
    [Fact]
    public void Full_scale_becomes_one_and_the_rest_is_clipped_to_what_int8_holds()
    {
        using var scaling = new InputScaling(new InputOptions { Ranges = [2, 4], HopSamples = 1, GateThresholdPermille = 0 });

        var scaled = scaling.Apply(tensor(new float[] { 1, 1, -2, -5, 2, 400 }).reshape(3, 2));

        Assert.Equal([0.5f, 0.25f, -1, -1, 127f / 128, 127f / 128], scaled.data<float>().ToArray());
    }
}
