using System.Text;
using NanoFormer.Board;
using NanoFormer.Runtime;

namespace NanoFormer.Cli.Demo;

/// <summary>Sends the firmware's log lines over a simulated board's serial port.</summary>
internal sealed class SerialLineWriter(SimulatedSerialPort port) : ILineSink
{
    public void WriteLine(string line) => port.Write(Encoding.ASCII.GetBytes(line + "\r\n"));
}
