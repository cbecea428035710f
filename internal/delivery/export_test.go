package delivery

import "context"

// PlanAll plans all that is marked.
func (s *Service) PlanAll(ctx context.Context) error {
	for {
		if n, err := s.planSome(ctx); err != nil || n == 0 {
			return err
		}
	}
}

// BeginMornings makes the job of the mornings.
func (s *Service) BeginMornings(ctx context.Context) error { return s.beginMornings(ctx) }
