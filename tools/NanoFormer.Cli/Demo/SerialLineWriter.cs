using NanoFormer.Board;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>Sends the firmware's log lines over a simulated board's serial port.</summary>
internal sealed class SerialLineWriter(SimulatedSerialPort port) : ILineSink
{
    public void WriteLine(byte[] line, int count) => port.Write(line, 0, count);
}
