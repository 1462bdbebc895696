using System;
using NanoFormer.Interop;

namespace NanoFormer.Runtime
{
    /// <summary>Logs the captured samples as training data; a stretch without gaps is one recording.</summary>
    /// <remarks>
    /// Records <c>collect</c>, <c>samples</c> and <c>collected</c> of firmware/LOG-FORMAT.md. The last says all that the first does, so
    /// that one torn line never costs a recording.
    /// </remarks>
    internal sealed class Collector : ICaptureTask
    {
        private const int ValuesPerLine = 48; // some 250 characters: a torn line costs little, and the words before the values less
        private const int None = -1;

        private readonly RecordWriter _records;
        private readonly CollectSettings _settings;
        private readonly int _rateMillihertz;
        private readonly int _channels;
        private readonly string _channelList;
        private readonly short[] _fresh;
        private readonly short[] _batch;
        private int _recording = None;
        private int _samples;
        private int _filled;

        /// <summary>Uses a device's log, its settings and the input of its model.</summary>
        internal Collector(DeviceParts parts)
        {
            var model = parts.Model;
            _records = parts.Log.Records;
            _settings = parts.Settings.Collect;
            _rateMillihertz = model.RateMillihertz;
            _channels = model.ChannelCount;
            _channelList = ChannelList.Of(model);
            _fresh = new short[model.WindowSamples * _channels];
            _batch = new short[_channels * (_channels < ValuesPerLine ? ValuesPerLine / _channels : 1)];
        }

        /// <summary>Nothing to do: the recording begins with its first sample.</summary>
        public void Begin()
        {
        }

        /// <summary>Takes what is new, measured or not: the log says which.</summary>
        public void TakeWindow(Capture capture, long startMicroseconds, bool isMeasured)
        {
            TakeFresh(capture);
        }

        /// <summary>Takes what is left, and ends the recording.</summary>
        public void End(Capture capture)
        {
            TakeFresh(capture);
            if (_recording == None)
            {
                return;
            }

            if (_filled > 0)
            {
                WriteBatch();
            }

            _records.Begin("collected");
            Describe();
            _records.Line.Field("samples", _samples);
            _records.End();
            _recording = None;
        }

        // The samples that the window's last hop, or the stretch's end, brought.
        private void TakeFresh(Capture capture)
        {
            int fresh = capture.Facts.Fresh;
            if (fresh == 0)
            {
                return;
            }

            if (_recording == None)
            {
                StartRecording();
            }

            capture.CopyWindow(capture.Facts.Held - fresh, _fresh, fresh);
            int count = fresh * _channels;
            for (int at = 0; at < count; at += _channels)
            {
                Array.Copy(_fresh, at, _batch, _filled, _channels);
                _filled += _channels;
                if (_filled == _batch.Length)
                {
                    WriteBatch();
                }
            }
        }

        private void StartRecording()
        {
            _records.Begin("collect");
            _recording = _records.Sequence - 1;
            _samples = 0;
            Describe();
            _records.End();
        }

        private void Describe()
        {
            var line = _records.Line;
            line.Field("rec", _recording);
            line.Field("rate_millihertz", _rateMillihertz);
            line.Field("channels", _channelList);
            if (_settings.Label.Length > 0)
            {
                line.Field("label", _settings.Label);
            }

            if (_settings.Subject.Length > 0)
            {
                line.Field("subject", _settings.Subject);
            }
        }

        private void WriteBatch()
        {
            var line = _records.Line;
            _records.Begin(LogWord.Samples);
            line.Field(LogWord.Recording, _recording);
            line.Field(LogWord.First, _samples);
            line.Values(_batch, _filled);
            _records.End();
            _samples += _filled / _channels;
            _filled = 0;
        }
    }
}
