using System.Collections;
using System.Text;
using NanoFormer.Runtime;

namespace NanoFormer.Device.Tests
{
    /// <summary>Keeps the log's lines.</summary>
    internal sealed class LineRecorder : ILineSink
    {
        private readonly ArrayList _lines = new ArrayList();

        public int Count
        {
            get { return _lines.Count; }
        }

        public string this[int index]
        {
            get { return (string)_lines[index]; }
        }

        public void WriteLine(byte[] line, int count)
        {
            // Without the line end.
            _lines.Add(Encoding.UTF8.GetString(line, 0, count - 2));
        }
    }
}
