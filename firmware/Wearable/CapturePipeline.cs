using NanoFormer.Interop;
using NanoFormer.Runtime;
using NanoFormer.Sensors;

namespace NanoFormer.Wearable
{
    /// <summary>The way of the samples: FIFO burst, bias removed, resampled to the model's rate and scale, windowed.</summary>
    internal sealed class CapturePipeline
    {
        private readonly SampleClock _clock;
        private readonly GyroBias _bias;
        private readonly Resampler _resampler;
        private readonly SampleWindow _window;
        private readonly short[] _sample;
        private readonly long _modelPeriodNanoseconds;
        private int _count;
        private int _next;
        private long _burstMicroseconds;

        internal CapturePipeline(ModelInfo model, ChannelMap map, int sensorRateHertz)
        {
            _clock = new SampleClock(1000000000 / sensorRateHertz);
            _bias = new GyroBias(sensorRateHertz);
            _resampler = new Resampler(map.Sources, map.Factors);
            _window = new SampleWindow(model.WindowSamples, model.HopSamples, model.ChannelCount);
            _sample = new short[model.ChannelCount];
            _modelPeriodNanoseconds = 1000000000000L / model.RateMillihertz;
            Burst = new short[Mpu6050.FifoSamples * Mpu6050.ChannelCount];
        }

        /// <summary>Where the sensor's samples are read to, [n][6].</summary>
        internal short[] Burst { get; }

        /// <summary>The window, [windowSamples][channels] in raw model steps.</summary>
        internal short[] Window
        {
            get { return _window.Samples; }
        }

        /// <summary>The sensor's true period as learnt so far.</summary>
        internal int PeriodNanoseconds
        {
            get { return _clock.PeriodNanoseconds; }
        }

        /// <summary>Clock time of the full window's first sample, to within one sensor sample.</summary>
        internal long WindowStartMicroseconds
        {
            get
            {
                // The newest sample of a burst was taken, on average, half a period before it was counted.
                long sinceLast = ((2L * (_count - _next)) + 1) * _clock.PeriodNanoseconds / 2;
                long length = (Window.Length / _sample.Length - 1) * _modelPeriodNanoseconds;
                return _burstMicroseconds - ((sinceLast + length) / 1000);
            }
        }

        /// <summary>Starts anew with an empty FIFO: no window spans the time before and after. The bias survives.</summary>
        internal void Restart(long microseconds)
        {
            _clock.Restart(microseconds);
            _resampler.Restart();
            _window.Restart();
            _bias.EndStretch(false);
            _count = 0;
            _next = 0;
        }

        /// <summary>Takes the samples in <see cref="Burst"/> up; they were counted at this time.</summary>
        internal void Load(int count, long microseconds)
        {
            _count = count;
            _next = 0;
            _burstMicroseconds = microseconds;
            _clock.Observe(count, microseconds);
            _resampler.SetPeriods(_clock.PeriodNanoseconds, _modelPeriodNanoseconds);
        }

        /// <summary>Works on until a window is full (then <see cref="Advance"/> must follow) or the burst is used up (false).</summary>
        internal bool NextWindow()
        {
            while (true)
            {
                while (_resampler.TryPull(_sample))
                {
                    _window.Add(_sample);
                    if (_window.IsFull)
                    {
                        return true;
                    }
                }

                if (_next == _count)
                {
                    return false;
                }

                int offset = _next * Mpu6050.ChannelCount;
                _bias.Remove(Burst, offset);
                _resampler.Push(Burst, offset);
                _next++;
            }
        }

        /// <summary>Moves the full window on by one hop; a still window's mean rotation becomes the bias.</summary>
        internal void Advance(bool still)
        {
            _bias.EndStretch(still);
            _window.Advance();
        }
    }
}
