using NanoFormer.Interop;

namespace NanoFormer.Firmware.Tests.Fakes;

/// <summary>A model of three operators: windows of 4 samples of 2 channels, 3 outputs, a step every sample.</summary>
internal sealed class ScriptedEngine : ITransformerEngine
{
    public const int Channels = 2;

    private int _remaining;

    public ModelInfo Info { get; } = Model();

    public int Calls { get; private set; }

    public Action OnRun { get; set; } = () => { };

    public void Run(short[] window, sbyte[] output)
    {
        Calls++;
        OnRun();
    }

    public void Begin(Array window) => _remaining = 3;

    public int Continue(int operators, sbyte[] output) => _remaining -= operators;

    public void BeginStream() => Calls++;

    public int Step(Array samples, int offset, int count, sbyte[] output) => count / Channels;

    public void SelfTest() => Calls++;

    public void Dispose()
    {
    }

    private static ModelInfo Model()
    {
        int[] numbers = new int[ModelNumbers.Count];
        numbers[ModelNumbers.WindowSamples] = 4;
        numbers[ModelNumbers.ChannelCount] = Channels;
        numbers[ModelNumbers.OutputCount] = 3;
        numbers[ModelNumbers.StepSamples] = 1;
        numbers[ModelNumbers.ValueBytes] = 2;
        return new ModelInfo("scripted", numbers, [], ["a", "b"], ["", ""], [1, 1], [0, 0]);
    }
}
