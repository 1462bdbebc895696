using NanoFormer.Interop;
using NanoFormer.Model;

namespace NanoFormer.Emulator.Tests;

public class EmulatedCoreTests
{
    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Core_gives_the_bytes_of_the_reference(string name)
    {
        var target = CoreTargets.Require(name);
        using var core = new EmulatedCore(BenchmarkModel.Image, target);
        using var reference = new ReferenceEngine(BenchmarkModel.Image);
        sbyte[] actual = new sbyte[BenchmarkModel.Outputs];
        sbyte[] expected = new sbyte[BenchmarkModel.Outputs];
        for (int seed = 0; seed < 50; seed++)
        {
            short[] window = BenchmarkModel.Window(seed);
            core.Run(window, actual);
            reference.Run(window, expected);
            Assert.Equal(expected, actual);
        }

        core.SelfTest();
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Core_reads_the_model_information_from_its_flash(string name)
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require(name));
        using var reference = new ReferenceEngine(BenchmarkModel.Image);

        Assert.Equivalent(reference.Info, core.Info, strict: true);
        Assert.Equal("benchmark", core.Info.ModelId);
        Assert.Equal(BenchmarkModel.Image.Length, core.Info.ImageBytes);
    }

    [Theory]
    [InlineData("cortex-m4", 0xC24u)]
    [InlineData("cortex-m7", 0xC27u)]
    [InlineData("cortex-m33", 0xD21u)]
    [InlineData("cortex-m55", 0xD22u)]
    public void Arm_core_is_the_one_asked_for(string name, uint partNumber)
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require(name));

        Assert.Equal(partNumber, (core.Hello.CoreId >> 4) & 0xFFF);
    }

    [Fact]
    public void RiscV_core_has_32_bits_and_multiplies()
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("rv32"));

        Assert.Equal(1u, core.Hello.CoreId >> 30);
        Assert.NotEqual(0u, core.Hello.CoreId & 1 << ('M' - 'A'));
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Core_has_room_for_the_model_and_the_portable_kernels_last(string name)
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require(name));

        Assert.InRange(core.Info.ArenaBytes, 1, core.Hello.ArenaCapacity);
        Assert.InRange(core.Hello.EngineBytes, 1024, 64 * 1024);
        Assert.Equal("scalar", core.Hello.Backends[^1]);
        Assert.Equal(core.Hello.Backends[0], core.Backend);
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Every_backend_gives_the_same_bytes(string name)
    {
        var target = CoreTargets.Require(name);
        using var fastest = new EmulatedCore(BenchmarkModel.Image, target);
        sbyte[] expected = new sbyte[BenchmarkModel.Outputs];
        sbyte[] actual = new sbyte[BenchmarkModel.Outputs];
        fastest.Run(BenchmarkModel.Window(4), expected);
        foreach (string backend in fastest.Hello.Backends)
        {
            using var core = new EmulatedCore(BenchmarkModel.Image, target, backend);
            core.Run(BenchmarkModel.Window(4), actual);

            Assert.Equal(backend, core.Backend);
            Assert.Equal(expected, actual);
            core.SelfTest();
        }
    }

    [Fact]
    public void Unknown_backend_is_refused_by_name()
    {
        var target = CoreTargets.Require("cortex-m4");

        var error = Assert.Throws<EmulatorException>(() => new EmulatedCore(BenchmarkModel.Image, target, "abacus"));
        Assert.Equal("UNKNOWN_BACKEND", error.StatusName);
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Counted_slices_make_up_the_run(string name)
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require(name));
        sbyte[] expected = new sbyte[BenchmarkModel.Outputs];
        sbyte[] actual = new sbyte[BenchmarkModel.Outputs];
        core.Run(BenchmarkModel.Window(6), expected);
        long whole = core.LastInstructions;
        var slices = core.RunCounted(BenchmarkModel.Window(6), actual);

        Assert.Equal(expected, actual);
        Assert.Equal(0, slices[0].FirstOperator);
        Assert.All(slices.Zip(slices.Skip(1)), pair => Assert.Equal(pair.First.FirstOperator + pair.First.Operators, pair.Second.FirstOperator));
        Assert.InRange(slices.Sum(slice => slice.Instructions), whole, whole + 500 * slices.Count);
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Stream_of_8_bit_samples_gives_the_bytes_of_the_reference(string name)
    {
        byte[] image = BenchmarkModels.HarTinyCausal.CreateImage();
        using var core = new EmulatedCore(image, CoreTargets.Require(name));
        using var reference = new ReferenceEngine(image);
        var random = new Random(3);
        sbyte[] samples = new sbyte[40 * core.Info.StepSamples * core.Info.ChannelCount];
        random.NextBytes((byte[])(Array)samples);
        sbyte[] actual = new sbyte[core.Info.OutputCount];
        sbyte[] expected = new sbyte[core.Info.OutputCount];
        core.BeginStream();
        reference.BeginStream();
        int count = 0;
        for (int at = 0; at < samples.Length; at += count)
        {
            count = Math.Min(random.Next(1, 30) * core.Info.ChannelCount, samples.Length - at);
            Assert.Equal(reference.Step(samples, at, count, expected), core.Step(samples, at, count, actual));
            Assert.Equal(expected, actual);
        }

        core.Run(samples[..(core.Info.WindowSamples * core.Info.ChannelCount)], actual);
        Assert.Equal("NOT_RUNNING", Assert.Throws<TransformerException>(() => core.Step(samples, 0, count, actual)).StatusName);
    }

    [Fact]
    public void Model_without_a_step_program_is_no_stream()
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("cortex-m4"));

        Assert.Equal("NO_STREAM", Assert.Throws<TransformerException>(core.BeginStream).StatusName);
    }

    [Theory, MemberData(nameof(CoreTargets.Names), MemberType = typeof(CoreTargets))]
    public void Counts_repeat_to_the_instruction_over_runs_and_boots(string name)
    {
        var target = CoreTargets.Require(name);
        long[] counts = [.. Enumerable.Range(0, 2).SelectMany(_ => CountsOfOneBoot(target))];

        Assert.Single(counts.Distinct());
        Assert.InRange(counts[0], 100_000, 100_000_000);
    }

    [Fact]
    public void Ring_of_marks_wraps_around()
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("cortex-m4"));
        sbyte[] output = new sbyte[BenchmarkModel.Outputs];
        short[] window = BenchmarkModel.Window(3);
        core.Run(window, output);
        long first = core.LastInstructions;
        for (int run = 0; run < 520; run++)
        {
            Assert.Throws<TransformerException>(() => core.Run(Array.Empty<short>(), output));
        }

        Assert.InRange(core.LastInstructions, 1, 1000);
        core.Run(window, output);
        Assert.Equal(first, core.LastInstructions);
    }

    [Fact]
    public void Stack_use_is_known_and_inside_the_stack()
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("cortex-m4"));
        core.Run(BenchmarkModel.Window(1), new sbyte[BenchmarkModel.Outputs]);

        Assert.InRange(core.StackBytes, 64, 8 * 1024);
    }

    [Fact]
    public void Damaged_image_is_refused_by_the_core_by_name()
    {
        byte[] image = [.. BenchmarkModel.Image];
        image[image.Length / 2] ^= 1;
        var target = CoreTargets.Require("cortex-m4");

        var refusal = Assert.Throws<TransformerException>(() => new EmulatedCore(image, target));
        Assert.Equal("BAD_CHECKSUM", refusal.StatusName);
    }

    [Fact]
    public void Empty_image_is_refused_by_the_core_by_name()
    {
        var target = CoreTargets.Require("cortex-m4");

        Assert.Equal("TRUNCATED", Assert.Throws<TransformerException>(() => new EmulatedCore([], target)).StatusName);
    }

    [Fact]
    public void Image_larger_than_the_flash_is_refused()
    {
        var target = CoreTargets.Require("cortex-m4");

        var refusal = Assert.Throws<EmulatorException>(() => new EmulatedCore(new byte[QemuProcess.BlobCapacity + 1], target));
        Assert.Contains("16777200", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Window_of_wrong_length_is_refused_and_the_core_goes_on()
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("cortex-m7"));
        sbyte[] output = new sbyte[BenchmarkModel.Outputs];

        var refusal = Assert.Throws<TransformerException>(() => core.Run(new short[7], output));
        Assert.Equal("WRONG_SHAPE", refusal.StatusName);
        core.Run(BenchmarkModel.Window(1), output);
    }

    [Fact]
    public void Two_cores_run_side_by_side()
    {
        using var m4 = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("cortex-m4"));
        using var m7 = new EmulatedCore(BenchmarkModel.Image, CoreTargets.Require("cortex-m7"));
        sbyte[] first = new sbyte[BenchmarkModel.Outputs];
        sbyte[] second = new sbyte[BenchmarkModel.Outputs];

        Parallel.Invoke(() => m4.Run(BenchmarkModel.Window(5), first), () => m7.Run(BenchmarkModel.Window(5), second));

        Assert.Equal(first, second);
    }

    private static long[] CountsOfOneBoot(CoreTarget target)
    {
        using var core = new EmulatedCore(BenchmarkModel.Image, target);
        sbyte[] output = new sbyte[BenchmarkModel.Outputs];
        long[] counts = new long[5];
        for (int run = 0; run < counts.Length; run++)
        {
            core.Run(BenchmarkModel.Window(9), output);
            counts[run] = core.LastInstructions;
        }

        return counts;
    }
}
