using System.Collections;
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

        public void WriteLine(string line)
        {
            _lines.Add(line);
        }
    }
}
